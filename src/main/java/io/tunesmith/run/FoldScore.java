package io.tunesmith.run;

import io.tunesmith.core.Metric;
import io.tunesmith.model.OutOfFold;
import io.tunesmith.model.Predictions;
import io.tunesmith.model.Scores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Scores out-of-fold predictions as the trainer does: the mean over the folds. */
final class FoldScore {
    private FoldScore() {}

    static OutOfFold read(Path file) {
        try {
            return OutOfFold.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param predictions for the rows of {@code oof}, which lends its folds and truth */
    static double of(OutOfFold oof, Predictions predictions, Metric metric) {
        return IntStream.of(oof.folds()).distinct().mapToObj(fold -> IntStream.range(0, oof.folds().length).filter(row -> oof.folds()[row] == fold).toArray())
                .map(rows -> Scores.score(metric, oof.truth().rows(rows), predictions.rows(rows))).flatMapToDouble(score -> score.stream()).average().orElse(Double.NaN);
    }
}
