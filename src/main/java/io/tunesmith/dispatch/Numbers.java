package io.tunesmith.dispatch;

import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.WorkerEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The rule for numbers that are not finite: none is recorded, and the first one ends the attempt. Pure. */
final class Numbers {
    private Numbers() {}

    static List<WorkerEvent> upToFirstNotFinite(List<WorkerEvent> events) {
        return events.stream().takeWhile(Numbers::finite).toList();
    }

    /** The end of an attempt that measured something that is not finite. */
    static Optional<AttemptEnd.Failed> notFinite(List<WorkerEvent> events) {
        return events.stream().filter(event -> !finite(event)).findFirst()
                .map(event -> new AttemptEnd.Failed(FailureCause.NOT_FINITE, "a measured value is not finite: " + event, OptionalInt.empty()));
    }

    private static boolean finite(WorkerEvent event) {
        return !(event instanceof WorkerEvent.Measured measured) || measured.values().values().stream().allMatch(Double::isFinite);
    }
}
