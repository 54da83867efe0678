package io.tunesmith.task;

import io.tunesmith.core.Metric;
import io.tunesmith.task.Quantity.Unit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields that a person can settle, and what an answer makes of them: the same as if the caller had stated it outright. */
public final class Settling {
    public static final String TARGET = "target";
    public static final String METRIC = "metric";
    public static final String TRIALS = "budget.trials";
    public static final String SECONDS = "budget.seconds";
    public static final String SEED = "seed";
    /** In the order in which they are asked: the target decides what the others may be. */
    public static final List<String> FIELDS = List.of(TARGET, METRIC, TRIALS, SECONDS, SEED);

    private Settling() {}

    /**
     * Those fields with this one settled; an answer that cannot be read as the field's kind of value settles nothing.
     *
     * @param answer one of the options of the open field, as spelled there
     */
    public static Overrides with(Overrides stated, String field, String answer) {
        return switch (field) {
            case TARGET -> new Overrides(Optional.of(answer), stated.metric(), stated.trials(), stated.seconds(), stated.seed(), and(stated, field));
            case METRIC -> Metric.named(answer).map(metric -> new Overrides(stated.target(), Optional.of(metric), stated.trials(), stated.seconds(), stated.seed(), and(stated, field))).orElse(stated);
            case TRIALS -> number(answer, Unit.TRIALS).map(count -> new Overrides(stated.target(), stated.metric(), Optional.of(Math.round(count)), stated.seconds(), stated.seed(), and(stated, field))).orElse(stated);
            case SECONDS -> number(answer, Unit.SECONDS).map(count -> new Overrides(stated.target(), stated.metric(), stated.trials(), Optional.of(count), stated.seed(), and(stated, field))).orElse(stated);
            case SEED -> number(answer, Unit.NONE).map(seed -> new Overrides(stated.target(), stated.metric(), stated.trials(), stated.seconds(), Optional.of(Math.round(seed)), and(stated, field))).orElse(stated);
            default -> stated;
        };
    }

    private static Set<String> and(Overrides stated, String field) {
        return Stream.concat(stated.answered().stream(), Stream.of(field)).collect(Collectors.toUnmodifiableSet());
    }

    /** The number in its unit; a bare one is taken to be in it. */
    private static Optional<Double> number(String text, Unit unit) {
        List<Quantity> found = Quantities.in(new RequestText(text).plain());
        return found.stream().filter(quantity -> quantity.unit() == unit).findFirst().or(() -> found.stream().filter(quantity -> quantity.unit() == Unit.NONE).findFirst()).map(Quantity::value);
    }
}
