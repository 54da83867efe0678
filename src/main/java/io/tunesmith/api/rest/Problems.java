package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Ids;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every exception becomes a {@link Problem} here. What is ours to mend is logged with a reference, and the answer carries only the reference. */
@Singleton
public class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private final Ids ids;

    public Problems(Ids ids) {
        this.ids = ids;
    }

    @ServerExceptionMapper
    public Response failed(FailureException e) {
        Problem problem = e.failure() instanceof Failure.Defect defect ? defect(defect.message(), e) : Problem.of(e.failure());
        Response.ResponseBuilder answer = answer(problem);
        if (e.failure() instanceof Failure.Transient later) {
            answer.header("Retry-After", Math.max(1, later.retryAfter().toSeconds())).header("retry-after-ms", Math.max(1, later.retryAfter().toMillis()));
        }
        if (problem.status() == 401) {
            answer.header("WWW-Authenticate", "Bearer");
        }
        if (problem.status() == 409 && !(e.failure() instanceof Failure.Transient)) {
            answer.header("x-should-retry", "false");
        }
        return answer.build();
    }

    @ServerExceptionMapper
    public Response refused(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        String detail = switch (status) {
            case 404 -> "there is nothing at this path";
            case 405 -> "this path does not take this method";
            case 406 -> "this path has no answer of an accepted type";
            case 412 -> "it is not the version that If-Match names";
            case 415 -> "this path does not take this content type";
            default -> status >= 500 ? "" : String.valueOf(e.getMessage());
        };
        if (status >= 500) {
            return answer(defect("answered " + status, e)).build();
        }
        FailureCode code = status == 404 ? FailureCode.NOT_FOUND : FailureCode.INVALID_REQUEST;
        return answer(new Problem("about:blank", Problem.title(status), status, detail, code.wire(), List.of())).build();
    }

    @ServerExceptionMapper
    public Response broken(Throwable e) {
        return answer(defect(String.valueOf(e.getMessage()), e)).build();
    }

    private Problem defect(String what, Throwable e) {
        String reference = ids.next("req_");
        LOG.errorf(e, "%s: %s", reference, what);
        return Problem.of(new Failure.Defect("a defect of Tunesmith; the service's log has it under " + reference));
    }

    private static Response.ResponseBuilder answer(Problem problem) {
        return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    }
}
