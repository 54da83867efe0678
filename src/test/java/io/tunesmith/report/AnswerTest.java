package io.tunesmith.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AnswerTest {
    @Test
    void theAnswerNamesTheScoreTheIntervalAndTheDefault() {
        assertThat(MarkdownReport.write(SampleReports.classification()))
                .contains("The model scores **0.9812** balanced accuracy on 69 sealed test rows (95 % interval 0.9602 to 0.9980); the default configuration scores **0.9641**")
                .contains("**Better than the default.** On validation, the gain of +0.0171 over 3 fresh seeds exceeds the noise floor of 0.0041.");
    }

    @Test
    void aGainWithinTheNoiseIsNoGain() {
        assertThat(MarkdownReport.write(SampleReports.regression())).contains("**No better than the default.**").contains("does not exceed the noise floor of 4.900").contains("opening number 3 of this test");
    }

    @Test
    void aDefaultThatWinsIsSaidToShip() {
        assertThat(MarkdownReport.write(SampleReports.tiny())).contains("**No better than the default.** The default configuration itself won");
    }

    @Test
    void aWorseTestScoreIsSaid() {
        assertThat(MarkdownReport.write(SampleReports.huge())).contains("the model is 0.0100 worse than the default (higher is better); the two intervals overlap");
    }

    @Test
    void hostileWordsAddNoMarkupToMarkdown() {
        String all = MarkdownReport.write(SampleReports.hostile("<img src=x>\n# h | [a](http://b) `c`"));
        String text = all.lines().filter(line -> !line.startsWith("    ")).collect(Collectors.joining("\n"));

        assertThat(text).doesNotContain("<img").doesNotContain("\n# h").doesNotContainPattern("(?<!\\\\)\\]\\(");
        assertThat(text.lines().filter(line -> line.startsWith("#"))).allMatch(line -> line.matches("#+ .*"));
    }
}
