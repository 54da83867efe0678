package io.tunesmith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.FailureException;
import org.junit.jupiter.api.Test;

class ClassesTest {
    @Test
    void numbersAreOrderedAsNumbers() {
        assertThat(Classes.of(new String[] {"10", "9", "", "2"}).names()).containsExactly("2", "9", "10");
    }

    @Test
    void theAffirmativeClassIsPositiveElseTheRarerElseTheLater() {
        assertThat(positive("yes", "no", "yes", "yes")).isEqualTo("yes");
        assertThat(positive("1", "0", "1", "1")).isEqualTo("1");
        assertThat(positive("bad", "good", "good")).isEqualTo("bad");
        assertThat(positive("good", "bad")).isEqualTo("good");
    }

    private static String positive(String... cells) {
        Classes classes = Classes.of(cells);
        return classes.names().get(classes.positive());
    }

    @Test
    void unknownAndMissingCellsHaveNoCode() {
        assertThat(Classes.of(new String[] {"a", "b"}).codes(new String[] {"b", "c", "", " a "})).containsExactly(1, -1, -1, 0);
    }

    @Test
    void oneClassIsNoTask() {
        assertThatThrownBy(() -> Classes.of(new String[] {"a", "a"})).isInstanceOf(FailureException.class).hasMessageContaining("fewer than two classes");
    }
}
