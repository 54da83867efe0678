package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.run.More;
import io.tunesmith.run.Run;
import io.tunesmith.run.Runs;
import java.util.Optional;

/**
 * The body of {@code PATCH /api/v1/runs/{id}}.
 *
 * @param action {@code pause}, {@code resume}, {@code cancel} or {@code extend}
 * @param budget for {@code extend}: the trials and seconds to add
 */
public record RunChange(String action, Optional<BudgetView> budget) {

    /** Does it; the run that goes on is another one where a run that has ended was extended. */
    RunId apply(Runs runs, Run run) {
        String wanted = action == null ? "" : action;
        if (budget.isPresent() && !wanted.equals("extend")) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "budget", "the action \"" + wanted + "\" takes no budget").allowed("budget with the action extend").asException();
        }
        switch (wanted) {
            case "pause" -> runs.pause(run.id());
            case "resume" -> runs.resume(run.id());
            case "cancel" -> runs.cancel(run.id());
            case "extend" -> {
                return runs.extend(run.id(), more()).id();
            }
            default -> throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "action", "\"" + wanted + "\" is no action").allowed("pause, resume, cancel, extend").asException();
        }
        return run.id();
    }

    private More more() {
        BudgetView caps = budget.orElse(BudgetView.NONE);
        caps.onlyTrialsAndSeconds();
        return new More(caps.trials(), caps.seconds());
    }
}
