package io.tunesmith.api.rest;

import io.tunesmith.run.Run;
import io.tunesmith.run.RunVersion;
import io.tunesmith.run.Runs;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The version of a run that a caller saw: its last event and its status. What only time moves, such as the seconds so far, makes no new version. */
final class RunTag {
    private RunTag() {}

    static EntityTag of(Runs runs, Run run) {
        return new EntityTag(runs.lastEvent(run.id()) + "-" + run.status().wire());
    }

    static EntityTag of(RunVersion version) {
        return new EntityTag(version.lastEvent() + "-" + version.run().status().wire());
    }

    /** The answer to a caller who has this version already. */
    static Optional<Response.ResponseBuilder> known(Request request, EntityTag tag) {
        return Optional.ofNullable(request.evaluatePreconditions(tag));
    }

    /** Refuses a change that was meant for another version ({@code If-Match}). */
    static void same(Request request, Runs runs, Run run) {
        if (request.evaluatePreconditions(of(runs, run)) != null) {
            throw new WebApplicationException(Response.Status.PRECONDITION_FAILED);
        }
    }
}
