package io.tunesmith.run;

import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.WorkerEvent.Measured;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.FailureException;
import io.tunesmith.dispatch.Ending;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.study.StudyDecider;
import io.tunesmith.study.StudyState;
import io.tunesmith.study.Trial;
import io.tunesmith.study.TrialState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** Runs one trial in a training process and turns how that ended into the trial's state. Thread-safe. */
record TrialRunner(RunContext context, PipelinePlan plan, SplitDone split) {

    /**
     * @param trial running
     * @param seen the study as it was when the trial was launched: whom it may be compared with
     * @param until when the search must end
     * @return the trial in a terminal state
     */
    Trial run(Trial trial, StudyState seen, Instant until) {
        Progress progress = new Progress(trial, seen);
        Job job = new Job("t" + trial.number(), Operation.TRAIN, trial.proposal().assignment().values(), context.random().seedOf("train", trial.number()),
                Map.of("train", context.folders().made(context.id(), split.train())), Training.options(plan, Optional.empty()), context.secondsTo(until), until, progress::heard);
        try {
            return progress.end(context.attempts().run(job));
        } catch (FailureException e) {
            if (Interruption.is(e)) {
                throw e;
            }
            return progress.trial().withState(new TrialState.Failed(e.failure().code().wire(), e.failure().message()));
        }
    }

    /** The trial as its reports come in. Every method is synchronized: reports may come from several connections. */
    private final class Progress {
        private final StudyState seen;
        private Trial trial;

        Progress(Trial trial, StudyState seen) {
            this.trial = trial;
            this.seen = seen;
        }

        synchronized Trial trial() {
            return trial;
        }

        synchronized Report.Answer heard(List<WorkerEvent> events) {
            for (WorkerEvent event : events) {
                if (event instanceof WorkerEvent.Started) {
                    context.say("trial.training", "trial " + trial.number() + " trains", "number", trial.number());
                }
                if (event instanceof Measured measured && measured.values().containsKey(plan.metric().wire())) {
                    trial = trial.withScore(measured.step(), measured.values().get(plan.metric().wire()));
                }
            }
            return pruned().map(pruned -> new Report.Answer(true, pruned.why())).orElse(Report.Answer.GO_ON);
        }

        /** What the pruner says of all that was reported; the same whenever the stop reached the process. */
        private Optional<TrialState.Pruned> pruned() {
            return StudyDecider.pruned(seen.with(trial), trial.number());
        }

        synchronized Trial end(Ending ending) {
            return trial.withState(pruned().<TrialState>map(pruned -> pruned).orElseGet(() -> state(ending, trial, plan.metric().wire())));
        }
    }

    /** A result without the metric is a failure. */
    static TrialState state(Ending ending, Trial trial, String metric) {
        return switch (ending) {
            case Ending.Complete(WorkerEvent.Result result) -> scored(result, metric, score -> new TrialState.Succeeded(score, result.facts()));
            case Ending.Pruned(WorkerEvent.Result result) -> scored(result, metric, score -> new TrialState.Pruned(trial.curve().isEmpty() ? 0 : trial.curve().lastKey(), score,
                    result.notes().isEmpty() ? "stopped early" : result.notes().getFirst()));
            case Ending.Infeasible infeasible -> new TrialState.Infeasible(reason(infeasible), infeasible.detail());
            case Ending.Failed failed -> new TrialState.Failed(failed.code(), failed.message());
            case Ending.Cancelled _ -> new TrialState.Cancelled();
            case Ending.Retry retry -> new TrialState.Failed("lost", "given up after several attempts: " + retry.why());
        };
    }

    private static TrialState scored(WorkerEvent.Result result, String metric, DoubleFunction<TrialState> state) {
        return result.values().containsKey(metric) ? state.apply(result.values().get(metric)) : new TrialState.Failed("error", "its result has no " + metric);
    }

    private static TrialState.Infeasible.Reason reason(Ending.Infeasible infeasible) {
        return switch (infeasible.reason()) {
            case "memory" -> TrialState.Infeasible.Reason.MEMORY;
            case "time" -> TrialState.Infeasible.Reason.TIME;
            default -> TrialState.Infeasible.Reason.NOT_FINITE;
        };
    }
}
