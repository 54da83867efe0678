package io.tunesmith.study;

import io.tunesmith.study.TrialState.Cancelled;
import io.tunesmith.study.TrialState.Failed;
import io.tunesmith.study.TrialState.Infeasible;
import io.tunesmith.study.TrialState.Proposed;
import io.tunesmith.study.TrialState.Pruned;
import io.tunesmith.study.TrialState.Queued;
import io.tunesmith.study.TrialState.Running;
import io.tunesmith.study.TrialState.Succeeded;
import java.util.Map;
import java.util.Set;

/** The table of legal moves between the states of a trial. */
public final class TrialMoves {
    /** A queued trial may end without having been seen running: its result can be the first that is heard of it. Running to queued is a retry. */
    private static final Map<Class<? extends TrialState>, Set<Class<? extends TrialState>>> LEGAL = Map.of(
            Proposed.class, Set.of(Queued.class, Infeasible.class, Failed.class, Cancelled.class),
            Queued.class, Set.of(Running.class, Succeeded.class, Infeasible.class, Failed.class, Cancelled.class),
            Running.class, Set.of(Queued.class, Succeeded.class, Pruned.class, Infeasible.class, Failed.class, Cancelled.class),
            Succeeded.class, Set.of(),
            Pruned.class, Set.of(),
            Infeasible.class, Set.of(),
            Failed.class, Set.of(),
            Cancelled.class, Set.of());

    private TrialMoves() {}

    public static boolean legal(TrialState from, TrialState to) {
        return LEGAL.get(from.getClass()).contains(to.getClass());
    }
}
