package io.tunesmith.report.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class EscapeTest {
    @Property
    void anyTextMakesWellFormedXml(@ForAll String text) throws Exception {
        String escaped = Escape.html(text);
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader("<a b=\"" + escaped + "\">" + escaped + "</a>")));
    }

    @Property
    void noMarkupAndNoLineBreakSurvivesInMarkdown(@ForAll String text) {
        assertThat(Escape.markdown(text)).doesNotContain("<", ">", "\n", "\r").doesNotContainPattern("(?<!\\\\)(\\\\\\\\)*[|`*\\[\\]]");
    }

    @Test
    void wordsStayReadableInMarkdown() {
        assertThat(Escape.markdown("bill_length_mm (95 % of 3)")).isEqualTo("bill_length_mm (95 % of 3)");
        assertThat(Escape.markdown("_so_ *so*")).isEqualTo("\\_so\\_ \\*so\\*");
        assertThat(Escape.markdown("- item")).isEqualTo("\\- item");
    }

    @Test
    void textThatTurnsTheDirectionOfWritingIsDefused() {
        assertThat(Escape.html("a\u202Eb\u2066c")).isEqualTo("a\uFFFDb\uFFFDc");
    }

    @Test
    void aCutNeverSplitsACharacter() {
        assertThat(Escape.shorten("😀😀😀", 2)).isEqualTo("😀…");
        assertThat(Escape.shorten("ab", 2)).isEqualTo("ab");
    }
}
