package io.tunesmith.study;

import io.tunesmith.core.Direction;
import io.tunesmith.core.Failure;
import io.tunesmith.search.Evidence;
import io.tunesmith.search.Evidence.Outcome;
import io.tunesmith.search.Proposal;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One trial of a study. Immutable.
 *
 * @param number from 0, in the order of proposal
 * @param curve step → score as reported while it ran, in the study's own direction, all finite
 */
public record Trial(int number, Proposal proposal, TrialState state, SortedMap<Long, Double> curve) {
    public Trial {
        if (number < 0) {
            throw new IllegalArgumentException("trial number " + number + " is negative");
        }
        curve.forEach((step, score) -> {
            if (!Double.isFinite(score)) {
                throw new IllegalArgumentException("trial " + number + " has score " + score + " at step " + step + "; it is infeasible instead");
            }
        });
        curve = Collections.unmodifiableSortedMap(new TreeMap<>(curve));
    }

    /** A trial that has just been proposed. */
    public static Trial proposed(int number, Proposal proposal) {
        return new Trial(number, proposal, new TrialState.Proposed(), Collections.emptySortedMap());
    }

    /**
     * In another state. A pruned trial loses what it reported after the step at which it was stopped: that depends on how fast word came through.
     *
     * @throws io.tunesmith.core.FailureException with a {@link Failure.Defect} for a move that {@link TrialMoves} does not know
     */
    public Trial withState(TrialState next) {
        if (!TrialMoves.legal(state, next)) {
            throw new Failure.Defect("trial " + number + " cannot go from " + state + " to " + next).asException();
        }
        return new Trial(number, proposal, next, next instanceof TrialState.Pruned pruned ? upTo(pruned.step()) : curve);
    }

    /**
     * With one more report. A step that was reported before is replaced: a retried attempt reports anew.
     *
     * @throws io.tunesmith.core.FailureException with a {@link Failure.Defect} if the trial is not running
     */
    public Trial withScore(long step, double score) {
        if (!(state instanceof TrialState.Running)) {
            throw new Failure.Defect("trial " + number + " reports step " + step + " while " + state).asException();
        }
        TreeMap<Long, Double> longer = new TreeMap<>(curve);
        longer.put(step, score);
        return new Trial(number, proposal, state, longer);
    }

    /** The final score; empty unless it succeeded. */
    public Optional<Double> score() {
        return state instanceof TrialState.Succeeded succeeded ? Optional.of(succeeded.score()) : Optional.empty();
    }

    /** As a sampler sees it, scores turned to losses. */
    public Evidence evidence(Direction direction) {
        return switch (state) {
            case TrialState.Proposed(), TrialState.Queued(), TrialState.Running() -> pending();
            case TrialState.Succeeded succeeded -> ended(Outcome.COMPLETE, Optional.of(direction.loss(succeeded.score())), direction);
            case TrialState.Pruned pruned -> ended(Outcome.PRUNED, Optional.of(direction.loss(pruned.score())), direction);
            case TrialState.Infeasible ignored -> ended(Outcome.INFEASIBLE, Optional.empty(), direction);
            case TrialState.Failed ignored -> ended(Outcome.FAILED, Optional.empty(), direction);
            case TrialState.Cancelled() -> ended(Outcome.FAILED, Optional.empty(), direction);
        };
    }

    /** As a sampler sees it that may not know how it ended. */
    Evidence pending() {
        return new Evidence(number, proposal.assignment(), Outcome.PENDING, Optional.empty(), Collections.emptySortedMap());
    }

    /** As a pruner sees it while it runs: its curve up to and including {@code step}. */
    Evidence running(Direction direction, long step) {
        return new Evidence(number, proposal.assignment(), Outcome.PENDING, Optional.empty(), losses(direction).headMap(step, true));
    }

    private Evidence ended(Outcome outcome, Optional<Double> loss, Direction direction) {
        return new Evidence(number, proposal.assignment(), outcome, loss, losses(direction));
    }

    private SortedMap<Long, Double> upTo(long step) {
        return new TreeMap<>(curve).headMap(step, true);
    }

    private TreeMap<Long, Double> losses(Direction direction) {
        TreeMap<Long, Double> losses = new TreeMap<>();
        curve.forEach((step, score) -> losses.put(step, direction.loss(score)));
        return losses;
    }
}
