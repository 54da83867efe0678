package io.tunesmith.api.rest;

import io.tunesmith.api.ErrorAnswer;
import io.tunesmith.api.ErrorForm;
import io.tunesmith.api.Exchange;
import io.tunesmith.api.OpenAnswer;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Ids;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every exception becomes an error answer here, in the form of its door. What is ours to mend is logged with a reference, and the answer carries only the reference. */
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
        return answer(problem, Optional.of(e.failure()));
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
            return answer(defect("answered " + status, e));
        }
        FailureCode code = status == 404 ? FailureCode.NOT_FOUND : FailureCode.INVALID_REQUEST;
        return answer(new Problem("about:blank", Problem.title(status), status, detail, code.wire(), List.of()));
    }

    @ServerExceptionMapper
    public Response left(OpenAnswer.Gone e) {
        LOG.debugf("%s", e.getMessage());
        return Response.status(408).build();
    }

    @ServerExceptionMapper
    public Response broken(Throwable e) {
        if (BrokenForm.is(e)) {
            return answer(Problem.of(BrokenForm.failure()));
        }
        return answer(defect(String.valueOf(e.getMessage()), e));
    }

    private Problem defect(String what, Throwable e) {
        String reference = Exchange.current().map(Exchange::id).orElseGet(() -> ids.next("req_"));
        LOG.errorf(e, "%s: %s", reference, what);
        return Problem.of(new Failure.Defect("a defect of Tunesmith; the service's log has it under " + reference));
    }

    private static Response answer(Problem problem) {
        return answer(problem, Optional.empty());
    }

    private static Response answer(Problem problem, Optional<Failure> failure) {
        Optional<Exchange> exchange = Exchange.current();
        ErrorAnswer answer = ErrorAnswer.of(exchange.map(Exchange::form).orElse(ErrorForm.PROBLEM), problem, failure, exchange.map(Exchange::id));
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body().getBytes(StandardCharsets.UTF_8));
        answer.headers().forEach(response::header);
        return response.build();
    }
}
