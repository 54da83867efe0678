package io.tunesmith.api.openai;

import io.tunesmith.api.rest.Problem;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Failure;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/**
 * What went wrong, as clients of the OpenAI API read it: any other form would lose the message.
 *
 * @param type what kind of error it is, by its status
 * @param param the field at fault
 * @param code the failure's name
 */
public record OpenAiError(String message, String type, Optional<String> param, Optional<String> code) {

    public static OpenAiError of(Problem problem) {
        Problem.FieldError first = problem.errors().isEmpty() ? new Problem.FieldError(Optional.empty(), problem.detail(), Optional.empty(), Optional.empty()) : problem.errors().getFirst();
        String message = first.message() + first.allowed().map(allowed -> "; allowed: " + allowed).orElse("") + first.hint().map(hint -> "; " + hint).orElse("");
        return new OpenAiError(message, type(problem.status()), first.field(), Optional.of(problem.code()));
    }

    public static OpenAiError of(Failure failure) {
        return of(Problem.of(failure));
    }

    /** The body of an error answer, and of an error within a stream. */
    public String body() {
        return WireJson.write(Map.of("error", this));
    }

    /** The whole answer. A conflict is not worth another try; what passes by itself is. */
    static Response answer(Failure failure) {
        Problem problem = Problem.of(failure);
        Response.ResponseBuilder answer = Response.status(problem.status()).type(MediaType.APPLICATION_JSON).entity(of(problem).body());
        if (failure instanceof Failure.Transient later) {
            answer.header("Retry-After", Math.max(1, later.retryAfter().toSeconds())).header("retry-after-ms", Math.max(1, later.retryAfter().toMillis()));
        } else if (problem.status() == 409) {
            answer.header("x-should-retry", "false");
        }
        return answer.build();
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }
}
