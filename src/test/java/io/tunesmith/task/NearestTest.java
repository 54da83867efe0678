package io.tunesmith.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> COLUMNS = List.of("species", "island", "body_mass_g", "sex");

    @Test
    void misspeltNamesAreFound() {
        assertThat(Nearest.to("speceis", COLUMNS)).contains("species");
        assertThat(Nearest.to("Body Mass G", COLUMNS)).contains("body_mass_g");
        assertThat(Nearest.to("iland", COLUMNS)).contains("island");
    }

    @Test
    void otherWordsAreNot() {
        assertThat(Nearest.to("temperature", COLUMNS)).isEmpty();
        assertThat(Nearest.to("species", List.of())).isEmpty();
    }
}
