package io.tunesmith.bench.simulation;

import io.tunesmith.bench.simulation.Studies.End;
import io.tunesmith.bench.simulation.Studies.Trial;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.dispatch.Ending;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One trial as its listener hears of it; stops it when its curve is bad. */
final class Progress {
    /** A trial whose value is lower at this step is pruned. */
    static final long PRUNED_AT = 3;
    static final double PRUNED_BELOW = .2;
    private final World world;
    private final Trial trial;
    private final SortedMap<Long, Double> curve = new TreeMap<>();
    private final Set<String> told = new HashSet<>();

    Progress(World world, Trial trial) {
        this.world = world;
        this.trial = trial;
    }

    Report.Answer heard(int n, List<WorkerEvent> events) {
        if (world.faults().strikes(Fault.LISTENER_FAILED)) {
            throw new Failure.Transient(FailureCode.STORE_UNAVAILABLE, "the listener's store", Duration.ofSeconds(1)).asException();
        }
        for (WorkerEvent event : events) {
            if (event instanceof WorkerEvent.Measured measured) {
                boolean first = told.add(n + "/" + measured.gpuSeconds() + "/" + measured.seq());
                Violation.unless(first, "trial %d was told of %s twice", trial.number(), event);
                curve.put(measured.step(), measured.values().get(Worker.METRIC));
            }
        }
        return pruned(curve) ? new Report.Answer(true, "worse than others") : Report.Answer.GO_ON;
    }

    static boolean pruned(SortedMap<Long, Double> curve) {
        return curve.getOrDefault(PRUNED_AT, 1.0) < PRUNED_BELOW;
    }

    End end(Ending ending, int attempts) {
        return end(ending, attempts, curve);
    }

    static End end(Ending ending, int attempts, SortedMap<Long, Double> curve) {
        SortedMap<Long, Double> whole = new TreeMap<>(curve);
        if (pruned(curve)) {
            return new End("pruned", 0, whole, attempts);
        }
        return switch (ending) {
            case Ending.Complete(WorkerEvent.Result result) -> new End("succeeded", result.values().get(Worker.METRIC), whole, attempts);
            case Ending.Pruned _ -> new End("pruned", 0, whole, attempts);
            case Ending.Infeasible infeasible -> new End("infeasible: " + infeasible.reason(), 0, whole, attempts);
            case Ending.Failed failed -> new End("failed: " + failed.code(), 0, whole, attempts);
            case Ending.Cancelled _ -> new End("cancelled", 0, whole, attempts);
            case Ending.Retry _ -> new End("lost", 0, whole, attempts);
        };
    }
}
