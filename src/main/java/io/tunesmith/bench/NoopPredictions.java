package io.tunesmith.bench;

import io.tunesmith.contract.TrainOptions;
import io.tunesmith.model.Cells;
import io.tunesmith.model.Classes;
import io.tunesmith.model.OutOfFold;
import io.tunesmith.model.Predictions;
import io.tunesmith.model.Table;
import io.tunesmith.model.TableReader;
import io.tunesmith.model.Truth;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Out-of-fold predictions of a model that knows nothing: every class as likely as the next, every number 0. */
final class NoopPredictions {
    private NoopPredictions() {}

    static OutOfFold of(Path train, TrainOptions options) {
        Table table = TableReader.csv(train, Optional.of(','));
        int[] folds = wholes(table, "__fold");
        int[] numbers = wholes(table, "__row");
        Truth truth = truth(table.column(options.target()).orElseThrow(), options.kind().classes());
        double[] values = new double[table.rows() * truth.width()];
        Arrays.fill(values, options.kind().classes() ? 1.0 / truth.width() : 0);
        int[] validated = IntStream.range(0, table.rows()).filter(row -> folds[row] >= 0).boxed().sorted(java.util.Comparator.comparingInt(row -> numbers[row])).mapToInt(Integer::intValue).toArray();
        return new OutOfFold(options.kind(), pick(numbers, validated), pick(folds, validated), truth.rows(validated), new Predictions(values, table.rows(), truth.width()).rows(validated));
    }

    private static Truth truth(String[] cells, boolean classes) {
        if (!classes) {
            return new Truth.Numbers(Arrays.stream(cells).mapToDouble(Cells::number).toArray());
        }
        Classes all = Classes.of(cells);
        return new Truth.Labels(all, all.codes(cells));
    }

    private static int[] wholes(Table table, String name) {
        return Arrays.stream(table.column(name).orElseThrow()).mapToInt(cell -> Integer.parseInt(cell.strip())).toArray();
    }

    private static int[] pick(int[] values, int[] order) {
        return IntStream.of(order).map(row -> values[row]).toArray();
    }
}
