package io.tunesmith.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** The table of faults (src/test/resources/faults.csv) names tests that exist, and all the faults that the local and the agent backend can suffer. */
class FaultTableTest {
    private static final Set<Integer> REQUIRED = IntStream.of(1, 2, 3, 4, 5, 6, 7, 10, 14, 15, 16, 17, 18, 19, 20, 22, 21, 23, 24, 25, 26, 27).boxed().collect(Collectors.toSet());

    private record Row(int number, String fault, String promise, String test) {}

    private static List<Row> rows() throws IOException {
        try (InputStream in = FaultTableTest.class.getResourceAsStream("/faults.csv")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            assertThat(lines.getFirst()).isEqualTo("number,fault,promise,test");
            return lines.subList(1, lines.size()).stream().map(line -> line.split(",", -1)).map(cells -> {
                assertThat(cells).as(String.join(",", cells)).hasSize(4);
                return new Row(Integer.parseInt(cells[0]), cells[1], cells[2], cells[3]);
            }).toList();
        }
    }

    @Test
    void everyFaultHasATest() throws IOException {
        assertThat(rows().stream().map(Row::number).collect(Collectors.toSet())).containsAll(REQUIRED);
        assertThat(rows()).isSortedAccordingTo(java.util.Comparator.comparingInt(Row::number)).allMatch(row -> !row.fault().isBlank() && !row.promise().isBlank());
    }

    /** The page for readers has every row, in the words of this table. */
    @Test
    void thePageShowsEveryRow() throws IOException {
        String page = Files.readString(Path.of("src/site/dispatch.md"));
        for (Row row : rows()) {
            String test = row.test().substring(row.test().lastIndexOf('.') + 1);
            assertThat(page).contains("| " + row.number() + " | " + row.fault() + " | " + row.promise() + " | `" + test + "` |");
        }
    }

    @Test
    void everyTestExists() throws Exception {
        for (Row row : rows()) {
            String[] words = row.test().split("#");
            Class<?> type = Class.forName(words[0], false, FaultTableTest.class.getClassLoader());
            assertThat(Stream.of(type.getDeclaredMethods()).filter(method -> method.getName().equals(words[1])).filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))).as(row.test()).isNotEmpty();
        }
    }
}
