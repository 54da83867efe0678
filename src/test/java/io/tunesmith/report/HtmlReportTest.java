package io.tunesmith.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HtmlReportTest {
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);

    static Stream<String> evils() {
        return Stream.of(SCRIPT, "\"><img src=x onerror=alert(1)>", "' onload='x", "</style><b>", "]]>", "\u0000\u0008\uFFFE", "\uD800 alone", "\u202Eright to left", "a|b\n# c\n\n<div>", "", " ", "名前".repeat(200), "w".repeat(5000), "&lt;b&gt;");
    }

    @Test
    void samplesAreWrittenForTheEye() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/report-sample"));
        for (var sample : List.of(Map.entry("classification", SampleReports.classification()), Map.entry("regression", SampleReports.regression()), Map.entry("huge", SampleReports.huge()),
                Map.entry("tiny", SampleReports.tiny()), Map.entry("hostile", SampleReports.hostile(SCRIPT)))) {
            Files.writeString(folder.resolve(sample.getKey() + ".html"), HtmlReport.write(sample.getValue()));
            Files.writeString(folder.resolve(sample.getKey() + ".md"), MarkdownReport.write(sample.getValue()));
            assertThat(folder.resolve(sample.getKey() + ".html")).isNotEmptyFile();
        }
    }

    @ParameterizedTest
    @MethodSource("evils")
    void hostileWordsAddNoElementAndNoAttribute(String evil) throws Exception {
        String expected = skeleton(HtmlReport.write(SampleReports.hostile("tame")));

        assertThat(skeleton(HtmlReport.write(SampleReports.hostile(evil)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("evils")
    void everyDrawingIsWellFormedUnderHostileWords(String evil) throws Exception {
        drawingsAreWellFormed(HtmlReport.write(SampleReports.hostile(evil)));
    }

    @Test
    void everyDrawingIsWellFormedAndSaysWhatItShows() throws Exception {
        for (StudyReport report : List.of(SampleReports.classification(), SampleReports.regression(), SampleReports.huge(), SampleReports.tiny())) {
            String html = HtmlReport.write(report);
            drawingsAreWellFormed(html);
            assertThat(SVG.matcher(html).results().map(MatchResult::group).filter(svg -> svg.contains("role=\"img\""))).allSatisfy(svg -> assertThat(svg).contains("<title id=").contains("<desc id="));
        }
    }

    @Test
    void onePageStandsAlone() {
        String html = HtmlReport.write(SampleReports.classification());

        assertThat(html).doesNotContain("<script").doesNotContain("<link").doesNotContain("<img").doesNotContain("url(").doesNotContain("@import").contains("default-src 'none'");
        assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://").doesNotContain("https://");
    }

    @Test
    void everyIdIsUniqueAndEveryLinkHasItsEnd() {
        String html = HtmlReport.write(SampleReports.classification());
        List<String> ids = Pattern.compile(" id=\"([^\"]+)\"").matcher(html).results().map(match -> match.group(1)).toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(Pattern.compile("href=\"#([^\"]+)\"").matcher(html).results().map(match -> match.group(1))).isNotEmpty().allMatch(ids::contains);
    }

    @Test
    void everyFigureHasItsNumbersAsATable() {
        String html = HtmlReport.write(SampleReports.classification());

        assertThat(Pattern.compile("<figure>.*?</figure>", Pattern.DOTALL).matcher(html).results().map(MatchResult::group)).hasSizeGreaterThanOrEqualTo(6).allSatisfy(figure -> assertThat(figure).contains("<details>").contains("<table "));
    }

    @Test
    void noFigureHoldsACoordinateThatIsNoNumber() {
        for (StudyReport report : List.of(SampleReports.huge(), SampleReports.tiny(), SampleReports.hostile("x"))) {
            assertThat(SVG.matcher(HtmlReport.write(report)).results().map(MatchResult::group)).allSatisfy(svg -> assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity").doesNotContainPattern("=\"-?\\d+E\\d+\""));
        }
    }

    @Test
    void aHugeStudyStaysAReadableFile() {
        assertThat(HtmlReport.write(SampleReports.huge()).length()).isLessThan(3_000_000);
    }

    private static void drawingsAreWellFormed(String html) throws Exception {
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(null);
        List<String> drawings = SVG.matcher(html).results().map(MatchResult::group).toList();
        assertThat(drawings).isNotEmpty();
        for (String drawing : drawings) {
            builder.parse(new ByteArrayInputStream(drawing.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Tags and attribute names in their order: what a browser sees besides words and numbers. Labels may be cut (then whole in a tip) or lean. */
    private static String skeleton(String html) {
        String bare = html.replaceAll("(?s)<style>.*?</style>", "").replaceAll("<title[^>]*>[^<]*</title>", "").replaceAll(" (x|y|text-anchor|transform)=\"[^\"]*\"", "");
        StringBuilder skeleton = new StringBuilder();
        Pattern.compile("<(/?[a-z][a-z0-9]*)((?:\\s+[a-zA-Z:-]+=\"[^\"]*\")*)\\s*/?>").matcher(bare).results()
                .forEach(tag -> skeleton.append(tag.group(1)).append(tag.group(2).replaceAll("=\"[^\"]*\"", "").replaceAll("\\s+", " ")).append('\n'));
        return skeleton.append(bare.chars().filter(c -> c == '<').count()).toString();
    }
}
