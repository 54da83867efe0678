package io.tunesmith.trainer;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Metric;
import io.tunesmith.model.Predictions;
import io.tunesmith.model.Scores;
import io.tunesmith.model.Truth;
import io.tunesmith.trainer.agent.Attempt;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Early stopping on the mean validation score. A round is better if its score is, or if the score is the same and the log loss is lower:
 * scores of decisions, such as accuracy, stand still for many rounds while the probabilities still improve.
 */
final class Progress {
    /** Rounds without a better one after which to stop. */
    static final int PATIENCE = 30;

    private static final double SAME = 1e-12;
    private final Metric metric;
    private Optional<Moment> best;
    private Optional<Moment> last = Optional.empty();

    /**
     * One round.
     *
     * @param score mean over the folds that define it
     * @param tie mean log loss; 0 where the score itself is smooth
     * @param folds each fold's score, NaN where it is not defined
     */
    record Moment(int round, double score, double tie, double[] folds, List<Predictions> predictions) {}

    /** @param best the best round so far */
    Progress(Metric metric, Optional<Moment> best) {
        this.metric = metric;
        this.best = best;
    }

    Metric metric() {
        return metric;
    }

    /** Takes note of a round; a score that is not finite ends the attempt. */
    void see(int round, List<Truth> truths, List<Predictions> predictions) {
        double[] folds = scores(metric, truths, predictions);
        for (int fold = 0; fold < folds.length; fold++) {
            if (!predictions.get(fold).finite()) {
                Attempt.finite(metric.wire(), Double.NaN, round);
            }
        }
        double score = Arrays.stream(folds).filter(value -> !Double.isNaN(value)).average().orElseThrow(() -> Failure.BadRequest.of(FailureCode.DATA_UNUSABLE,
                "metric", metric.wire() + " is not defined on any validation part: each has one class only").asException());
        Attempt.finite(metric.wire(), score, round);
        boolean smooth = metric == Metric.LOG_LOSS || metric.family() == Metric.Family.NUMBERS;
        double tie = smooth ? 0 : Arrays.stream(scores(Metric.LOG_LOSS, truths, predictions)).average().orElse(0);
        Moment moment = new Moment(round, score, tie, folds, predictions);
        if (best.isEmpty() || better(moment, best.get())) {
            best = Optional.of(moment);
        }
        last = Optional.of(moment);
    }

    private static double[] scores(Metric metric, List<Truth> truths, List<Predictions> predictions) {
        double[] scores = new double[truths.size()];
        for (int fold = 0; fold < scores.length; fold++) {
            scores[fold] = Scores.score(metric, truths.get(fold), predictions.get(fold)).orElse(Double.NaN);
        }
        return scores;
    }

    private boolean better(Moment moment, Moment than) {
        return Math.abs(moment.score() - than.score()) <= SAME ? moment.tie() < than.tie() : metric.direction().better(moment.score(), than.score());
    }

    Moment best() {
        return best.orElseThrow();
    }

    Moment last() {
        return last.orElseThrow();
    }

    boolean exhausted(int round) {
        return round - best().round() >= PATIENCE;
    }
}
