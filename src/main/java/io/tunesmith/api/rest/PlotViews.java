package io.tunesmith.api.rest;

import io.tunesmith.core.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** What charts of a run show, as data. Seconds count from the run's acceptance. */
final class PlotViews {
    private PlotViews() {}

    /** The scores in the order in which trials ended, with the best so far. */
    public record History(Optional<String> metric, Optional<String> direction, List<Point> points) {}

    /** A trial that has a score. */
    public record Point(int trial, String state, double seconds, double score, Optional<Double> best) {}

    /** When each trial was at work. */
    public record Timeline(List<Bar> bars) {}

    /** From a trial's proposal to its end; no end while it is under way. */
    public record Bar(int trial, String state, double start, Optional<Double> end) {}

    /** What each trial reported on its way. */
    public record Intermediate(Optional<String> metric, List<Curve> curves) {}

    /** Step to score. */
    public record Curve(int trial, String state, SortedMap<Long, Double> curve) {}

    /** Every trial that has a score as one line over all parameters. */
    public record Parallel(Optional<String> metric, List<ParameterView> axes, List<Line> lines) {}

    /** Parameter to value. */
    public record Line(int trial, double score, Map<String, Object> values) {}

    /** Which parameters matter: their shares, the largest first. */
    public record Shares(int trials, List<Share> shares) {}

    /** A share of what is explained, 0 to 1. */
    public record Share(String parameter, double share) {}

    /** The scores over each parameter. */
    public record Slice(Optional<String> metric, List<Cut> parameters) {}

    /** Of one parameter. */
    public record Cut(ParameterView parameter, List<Dot> dots) {}

    /** A value and the score that it came with. */
    public record Dot(int trial, Object value, double score) {}

    static List<Point> history(List<TrialView> trials, Instant accepted, Optional<Direction> direction) {
        List<Point> points = new ArrayList<>();
        Optional<Double> best = Optional.empty();
        for (TrialView trial : scored(trials).sorted(java.util.Comparator.comparing(trial -> trial.ended().orElse(trial.proposed()))).toList()) {
            double score = trial.score().orElseThrow();
            best = trial.state().equals("succeeded") ? better(best, score, direction) : best;
            points.add(new Point(trial.number(), trial.state(), seconds(accepted, trial.ended().orElse(trial.proposed())), score, best));
        }
        return points;
    }

    static List<Bar> bars(List<TrialView> trials, Instant accepted) {
        return trials.stream().map(trial -> new Bar(trial.number(), trial.state(), seconds(accepted, trial.proposed()), trial.ended().map(end -> seconds(accepted, end)))).toList();
    }

    static List<Dot> dots(List<TrialView> trials, String parameter) {
        return scored(trials).filter(trial -> trial.config().containsKey(parameter)).map(trial -> new Dot(trial.number(), trial.config().get(parameter), trial.score().orElseThrow())).toList();
    }

    /** Trials that ended with a score, whether they went to their end or were stopped. */
    static Stream<TrialView> scored(List<TrialView> trials) {
        return trials.stream().filter(trial -> trial.score().isPresent());
    }

    private static Optional<Double> better(Optional<Double> best, double score, Optional<Direction> direction) {
        return direction.map(way -> best.filter(before -> way.loss(before) <= way.loss(score)).orElse(score));
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
    }
}
