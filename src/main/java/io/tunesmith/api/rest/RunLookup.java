package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunVersion;
import io.tunesmith.run.Runs;

/** From the id in a path to the run, or to the one refusal. */
final class RunLookup {
    private RunLookup() {}

    static Run find(Runs runs, String id) {
        try {
            return runs.find(new RunId(id)).orElseThrow(() -> unknown(id));
        } catch (FailureException e) {
            throw e.failure().code() == FailureCode.INVALID_REQUEST ? unknown(id) : e;
        }
    }

    static RunVersion version(Runs runs, String id) {
        try {
            return runs.version(new RunId(id)).orElseThrow(() -> unknown(id));
        } catch (FailureException e) {
            throw e.failure().code() == FailureCode.INVALID_REQUEST ? unknown(id) : e;
        }
    }

    private static FailureException unknown(String id) {
        return Failure.BadRequest.of(FailureCode.RUN_NOT_FOUND, "id", "there is no run \"" + id + "\"").hint("list them: tunesmith runs, or GET /api/v1/runs").asException();
    }
}
