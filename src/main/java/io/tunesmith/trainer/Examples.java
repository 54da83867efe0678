package io.tunesmith.trainer;

import io.tunesmith.contract.Feature;
import io.tunesmith.contract.TaskKind;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.model.Cells;
import io.tunesmith.model.Classes;
import io.tunesmith.model.Columns;
import io.tunesmith.model.Table;
import io.tunesmith.model.TableReader;
import io.tunesmith.model.Truth;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A canonical CSV, read: {@code __row} (the row's number in the original data), perhaps {@code __fold} (its validation fold from 0; −1 for
 * never), then the original columns.
 *
 * @param numbers the rows' numbers; their position if the file has none
 * @param folds −1 throughout if the file has none
 */
record Examples(Table table, Columns columns, Truth truth, int[] numbers, int[] folds) {
    static final String ROW = "__row";
    static final String FOLD = "__fold";
    /** A single held-out part is one of so many equal parts. */
    private static final int HOLDOUT = 5;

    /** @param known the classes that a model knows, which come first; classes that only these rows have come after */
    static Examples read(Path file, TaskKind kind, String target, List<Feature> features, Optional<Classes> known) {
        Table table = TableReader.csv(file, Optional.of(','));
        if (table.rows() == 0) {
            throw unusable("the data has no rows");
        }
        String[] cells = table.column(target).orElseThrow(() -> Failure.BadRequest.of(FailureCode.TARGET_MISSING, "target", "the data has no column \"" + target + "\"")
                .allowed(String.join(", ", table.names())).asException());
        return new Examples(table, Columns.of(table, features), truth(cells, kind, target, known), wholes(table, ROW), wholes(table, FOLD));
    }

    private static Truth truth(String[] cells, TaskKind kind, String target, Optional<Classes> known) {
        if (!kind.classes()) {
            return numbers(cells, target);
        }
        Classes all = known.map(classes -> classes.and(cells)).orElseGet(() -> Classes.of(cells));
        int[] codes = all.codes(cells);
        for (int row = 0; row < codes.length; row++) {
            if (codes[row] < 0) {
                throw unusable("row " + (row + 1) + " has \"" + cells[row] + "\" as target \"" + target + "\", which is no class");
            }
        }
        return new Truth.Labels(all, codes);
    }

    private static Truth numbers(String[] cells, String target) {
        double[] values = new double[cells.length];
        for (int row = 0; row < values.length; row++) {
            values[row] = Cells.number(cells[row]);
            if (Double.isNaN(values[row])) {
                throw unusable("row " + (row + 1) + " has \"" + cells[row] + "\" as target \"" + target + "\", which is no number");
            }
        }
        return new Truth.Numbers(values);
    }

    private static int[] wholes(Table table, String name) {
        return table.column(name).map(cells -> IntStream.range(0, cells.length).map(row -> whole(cells[row], name)).toArray())
                .orElseGet(() -> IntStream.range(0, table.rows()).map(row -> name.equals(ROW) ? row : -1).toArray());
    }

    private static int whole(String cell, String name) {
        try {
            return Integer.parseInt(cell.strip());
        } catch (NumberFormatException e) {
            throw unusable("column " + name + " holds \"" + cell + "\", which is no whole number");
        }
    }

    private static RuntimeException unusable(String message) {
        return Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, "data", message).asException();
    }

    int rows() {
        return table.rows();
    }

    /** With the validation folds dealt anew by this seed: as many as before, each class spread evenly over them; a single held-out part keeps its share. */
    Examples dealt(long seed) {
        int count = IntStream.of(folds).max().orElse(-1) + 1;
        int slots = count == 1 ? HOLDOUT : count;
        int[] fresh = new int[rows()];
        int next = 0;
        for (int row : FreshOrder.of(truth, seed)) {
            int slot = next++ % slots;
            fresh[row] = count == 1 && slot > 0 ? -1 : slot;
        }
        return new Examples(table, columns, truth, numbers, fresh);
    }

    /** All positions. */
    int[] all() {
        return IntStream.range(0, rows()).toArray();
    }
}
