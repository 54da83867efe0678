package io.tunesmith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tunesmith.contract.Feature;
import io.tunesmith.contract.Feature.Treatment;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.FailureException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreprocessingTest {
    private static final List<Feature> FEATURES =
            List.of(new Feature("n", Treatment.NUMERIC), new Feature("c", Treatment.CATEGORICAL), new Feature("d", Treatment.DATE));
    private static final Table TABLE = new Table(List.of("n", "c", "d"), List.of(new String[] {"1", "NA", "3", "100"}, new String[] {"red", "blue", "red", "green"},
            new String[] {"2024-01-02", "", "2024-03-01", "2030-01-01"}), 4);
    private static final int[] TRAINING = {0, 1, 2};

    @Test
    void onlyTrainingRowsAreLearnedFrom() {
        Preprocessing fitted = Preprocessing.fit(Columns.of(TABLE, FEATURES), TRAINING);
        assertThat(fitted.features().getFirst()).isEqualTo(new Preprocessing.Fitted.Numeric("n", 2, 2, Math.sqrt(2.0 / 3)));
        assertThat(fitted.features().get(1)).isEqualTo(new Preprocessing.Fitted.Category("c", List.of("red", "blue")));
    }

    @Test
    void treesSeeMissingValuesAndCodes() {
        Columns columns = Columns.of(TABLE, FEATURES);
        Matrix matrix = Preprocessing.fit(columns, TRAINING).trees(columns, new int[] {0, 1, 3});
        assertThat(matrix.names()).containsExactly("n", "c", "d.year", "d.month", "d.day", "d.weekday", "d.seconds");
        assertThat(matrix.categorical()).containsExactly(false, true, false, false, false, false, false);
        assertThat(matrix.values()).containsExactly(1, 0, 2024, 1, 2, 2, 1704153600f,
                Float.NaN, 1, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN, 100, Float.NaN, 2030, 1, 1, 2, 1893456000f);
    }

    @Test
    void linearSeesNoMissingValuesAndOneColumnACategory() {
        Columns columns = Columns.of(TABLE, FEATURES);
        Matrix matrix = Preprocessing.fit(columns, TRAINING).linear(columns, new int[] {0, 1, 3});
        assertThat(matrix.names()).startsWith("n", "c=red", "c=blue", "d.year");
        assertThat(matrix.values()[0]).isCloseTo((float) (-1 / Math.sqrt(2.0 / 3)), within(1e-6f));
        assertThat(new float[] {matrix.values()[1], matrix.values()[2]}).containsExactly(1, 0);
        int width = matrix.columns();
        assertThat(new float[] {matrix.values()[width], matrix.values()[width + 1], matrix.values()[width + 2]}).containsExactly(0, 0, 1);
        assertThat(new float[] {matrix.values()[2 * width + 1], matrix.values()[2 * width + 2]}).containsExactly(0, 0);
        for (float value : matrix.values()) {
            assertThat(Float.isNaN(value)).isFalse();
        }
    }

    @Test
    void itsJsonReadsBackAsTheSame() {
        Preprocessing fitted = Preprocessing.fit(Columns.of(TABLE, FEATURES), TRAINING);
        assertThat(Wire.read(Wire.write(fitted), Preprocessing.class)).isEqualTo(fitted);
    }

    @Test
    void unseenCategoriesAndMissingColumnsAreSaid() {
        Columns columns = Columns.of(TABLE, FEATURES);
        assertThat(Preprocessing.fit(columns, TRAINING).unseen(columns)).containsExactly("Column \"c\" has 1 categories that training did not have; they count as missing: green.");
        Table without = new Table(List.of("n"), List.<String[]>of(new String[] {"1"}), 1);
        assertThat(Columns.of(without, FEATURES).notes()).hasSize(2).first().asString().contains("no column \"c\"");
        Table other = new Table(List.of("x"), List.<String[]>of(new String[] {"1"}), 1);
        assertThatThrownBy(() -> Columns.of(other, FEATURES)).isInstanceOf(FailureException.class).hasMessageContaining("none of the columns");
    }

    @Test
    void aColumnWithoutValuesIsHarmless() {
        Columns columns = Columns.of(new Table(List.of("n"), List.<String[]>of(new String[] {"", ""}), 2), FEATURES.subList(0, 1));
        assertThat(Preprocessing.fit(columns, new int[] {0, 1}).linear(columns, new int[] {0, 1}).values()).containsExactly(0, 0);
    }
}
