package io.tunesmith.bench;

import io.tunesmith.contract.TrainOptions;
import io.tunesmith.contract.WorkerEvent.Artifact;
import io.tunesmith.core.RandomSource;
import io.tunesmith.trainer.agent.Attempt;
import io.tunesmith.trainer.agent.Findings;
import io.tunesmith.trainer.agent.OperationHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An objective that costs nothing, so that what is measured is the dispatch around it: a smooth function of the configuration and a little noise of the
 * seed. The system property {@value #PROPERTY} turns it on: {@code noop}, {@code noop:MS} to sleep so many milliseconds in each training, and
 * {@code noop:MS:whole} to leave out-of-fold predictions too, without which a run ends after its search.
 *
 * @param millis slept in each training, at least 0
 * @param whole whether what the run needs after its search is left as well
 */
public record NoopObjective(long millis, boolean whole) implements OperationHandler {
    /** The property that a service hands on to its workers. */
    public static final String PROPERTY = "tunesmith.objective";
    private static final String NAME = "noop";
    private static final String OOF = "oof.bin";
    private static final double ROUNDS = 10;

    /** As the property says; empty if it asks for the real one. */
    public static Optional<NoopObjective> asked(Optional<String> property) {
        return property.map(text -> text.split(":")).filter(words -> words[0].equals(NAME))
                .map(words -> new NoopObjective(words.length < 2 ? 0 : Long.parseLong(words[1]), words.length > 2 && words[2].equals("whole")));
    }

    /** As the property's value. */
    String property() {
        return NAME + ":" + millis + (whole ? ":whole" : "");
    }

    @Override
    public Findings run(Attempt attempt) throws InterruptedException {
        attempt.started();
        Thread.sleep(millis);
        TrainOptions options = attempt.options(TrainOptions.class);
        double score = score(attempt.spec().config(), attempt.spec().seed());
        String metric = options.metric().wire();
        boolean pruned = attempt.measured(1, Map.of(metric, score));
        Map<String, Artifact> artifacts = whole && !pruned ? outOfFold(attempt, options) : Map.of();
        return new Findings(Map.of(metric, score), Map.of("rounds", ROUNDS, "rounds_refit", ROUNDS), artifacts, List.of(), pruned);
    }

    private static Map<String, Artifact> outOfFold(Attempt attempt, TrainOptions options) {
        NoopPredictions.of(attempt.input("train"), options).write(attempt.work().resolve(OOF));
        return Map.of("oof", attempt.artifact(OOF));
    }

    /** Within (0, 1). */
    static double score(Map<String, Object> config, long seed) {
        double sum = new TreeMap<>(config).values().stream().mapToDouble(NoopObjective::part).average().orElse(0);
        return 0.5 + 0.4 * sum + 0.001 * new RandomSource(seed).stream("noop").nextDouble();
    }

    private static double part(Object value) {
        double number = value instanceof Number known ? known.doubleValue() : value.toString().length();
        return Math.sin(Math.log1p(Math.abs(number)));
    }
}
