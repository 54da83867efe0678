package io.tunesmith.api.mcp;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Run;
import io.tunesmith.run.Runs;

/** From the id that a client gives to the run, or to the one refusal: another's run is as absent as one that never was. */
final class Names {
    private static final String PLAN = "plan_";

    private Names() {}

    static Run run(Runs runs, String field, String id) {
        String given = id.strip();
        try {
            return runs.find(new RunId(given.startsWith(PLAN) ? "run_" + given.substring(PLAN.length()) : given)).orElseThrow(() -> unknown(field, id));
        } catch (FailureException e) {
            throw e.failure().code() == FailureCode.INVALID_REQUEST ? unknown(field, id) : e;
        }
    }

    private static FailureException unknown(String field, String id) {
        return Failure.BadRequest.of(FailureCode.RUN_NOT_FOUND, field, "there is no run " + Fence.word(id)).allowed("run_ or plan_ and 26 characters").hint("list_runs shows yours").asException();
    }
}
