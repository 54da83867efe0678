package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which trials, in which order: those without what is sorted by come last, in either direction. */
record TrialOrder(String sort, Optional<Set<String>> states) {
    static final String USUAL = "number";
    private static final Set<String> STATES = Set.of("proposed", "queued", "running", "succeeded", "pruned", "infeasible", "failed", "cancelled");

    static TrialOrder of(String sort, Optional<String> states) {
        if (!Set.of("number", "score", "seconds").contains(key(sort))) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "sort", "trials are not sorted by \"" + sort + "\"").allowed("number, score, seconds; -score: the largest first").asException();
        }
        Optional<Set<String>> wanted = states.map(text -> Set.copyOf(Stream.of(text.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList()));
        wanted.stream().flatMap(Set::stream).filter(name -> !STATES.contains(name)).findFirst().ifPresent(name -> {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "state", "\"" + name + "\" is no state of a trial").allowed(String.join(", ", STATES.stream().sorted().toList())).asException();
        });
        return new TrialOrder(sort, wanted);
    }

    List<TrialView> apply(List<TrialView> trials) {
        return trials.stream().filter(trial -> states.isEmpty() || states.get().isEmpty() || states.get().contains(trial.state())).sorted(comparator()).toList();
    }

    /** Names this order in cursors. */
    String list() {
        return "trials" + sort;
    }

    private Comparator<TrialView> comparator() {
        Comparator<Double> way = sort.startsWith("-") ? Comparator.reverseOrder() : Comparator.naturalOrder();
        Function<TrialView, Optional<Double>> value = switch (key(sort)) {
            case "score" -> TrialView::score;
            case "seconds" -> TrialView::seconds;
            default -> trial -> Optional.of((double) trial.number());
        };
        Comparator<TrialView> absentLast = Comparator.comparing(trial -> value.apply(trial).isEmpty());
        return absentLast.thenComparing(trial -> value.apply(trial).orElse(0.0), way).thenComparing(TrialView::number);
    }

    private static String key(String sort) {
        return sort.startsWith("-") ? sort.substring(1) : sort;
    }
}
