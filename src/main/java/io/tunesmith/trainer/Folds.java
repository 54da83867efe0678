package io.tunesmith.trainer;

import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Metric;
import io.tunesmith.core.RandomSource;
import io.tunesmith.model.Matrix;
import io.tunesmith.model.Predictions;
import io.tunesmith.model.Preprocessing;
import io.tunesmith.model.Truth;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One booster a validation fold, each with a preprocessing learned from its own training rows only. With a fidelity below 1 each learns from
 * that share of its rows, the same rows for every configuration.
 *
 * @param validated positions of each fold's validation rows
 * @param besideFeatures the first fold's encoded validation rows
 * @param growthOfData rows in all over the mean rows learned from: what the rounds of a refit are scaled by
 */
record Folds(Examples examples, List<int[]> validated, List<Truth> truths, List<Growth> growths, Matrix besideFeatures, double growthOfData, int threads,
        List<String> notes) implements AutoCloseable {

    /** What one fold is made of. */
    private record Fold(int[] beside, int trained, Growth growth, Matrix besideFeatures) {}

    static Folds of(Examples examples, Metric metric, Settings settings, AttemptSpec spec) {
        int count = IntStream.of(examples.folds()).max().orElse(-1) + 1;
        if (count < 1) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, Examples.FOLD, "no row belongs to a validation fold").asException();
        }
        List<Fold> folds = IntStream.range(0, count).mapToObj(number -> fold(number, examples, metric, settings, spec)).toList();
        List<int[]> validated = folds.stream().map(Fold::beside).toList();
        double learned = folds.stream().mapToInt(Fold::trained).average().orElseThrow();
        return new Folds(examples, validated, validated.stream().map(examples.truth()::rows).toList(), folds.stream().map(Fold::growth).toList(),
                folds.getFirst().besideFeatures(), examples.rows() / learned, spec.resources().threads(), examples.columns().notes());
    }

    private static Fold fold(int number, Examples examples, Metric metric, Settings settings, AttemptSpec spec) {
        int[] beside = IntStream.range(0, examples.rows()).filter(row -> examples.folds()[row] == number).toArray();
        int[] train = IntStream.range(0, examples.rows()).filter(row -> examples.folds()[row] != number && kept(examples.numbers()[row], spec.fidelity())).toArray();
        if (beside.length == 0 || train.length == 0) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, "data", "fold " + number + " has " + beside.length + " validation rows and " + train.length
                    + " training rows").hint("give more rows, or fewer folds").asException();
        }
        Preprocessing preprocessing = Preprocessing.fit(examples.columns(), train);
        Truth truth = examples.truth().rows(train);
        Objective objective = Objective.of(truth, metric);
        Part part = Part.of(settings.learner().encode(preprocessing, examples.columns(), train), truth, objective, settings.balanced());
        Matrix features = settings.learner().encode(preprocessing, examples.columns(), beside);
        return new Fold(beside, train.length, Growth.begin(settings, objective, part, features, spec.seed(), spec.resources().threads()), features);
    }

    /** Whether the row is in the share that a lower fidelity learns from; depends on its number alone. */
    private static boolean kept(int number, double fidelity) {
        return fidelity >= 1 || (new RandomSource(number).seedOf("fidelity") >>> 11) * 0x1.0p-53 < fidelity;
    }

    /** One round more everywhere. @return whether any booster learned something */
    boolean grow() {
        boolean any = false;
        for (Growth growth : growths) {
            any |= growth.grow();
        }
        return any;
    }

    /** Each fold's predictions for its validation rows. */
    List<Predictions> beside() {
        return growths.stream().map(Growth::beside).toList();
    }

    /** What each booster needs to go on from here. */
    List<Optional<byte[]>> states() {
        return growths.stream().map(Growth::state).toList();
    }

    /**
     * Boosters before their first round go on from states that they had after so many rounds, or grow them again.
     *
     * @param beat called after each round that is grown again
     */
    void restore(List<Optional<byte[]>> states, int rounds, Runnable beat) {
        for (int fold = 0; fold < growths.size(); fold++) {
            if (states.get(fold).isPresent()) {
                restore(growths.get(fold), states.get(fold).get(), rounds);
            } else {
                regrow(growths.get(fold), rounds, beat);
            }
        }
    }

    private static void restore(Growth growth, byte[] state, int rounds) {
        try {
            growth.restore(state, rounds);
        } catch (IllegalStateException e) {
            throw new NotRestored(e);
        }
    }

    private static void regrow(Growth growth, int rounds, Runnable beat) {
        for (int round = 1; round <= rounds; round++) {
            growth.grow();
            beat.run();
        }
    }

    /** A booster's state cannot be read. */
    static final class NotRestored extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotRestored(IllegalStateException cause) {
            super(cause.getMessage(), cause);
        }
    }

    @Override
    public void close() {
        growths.forEach(Growth::close);
    }
}
