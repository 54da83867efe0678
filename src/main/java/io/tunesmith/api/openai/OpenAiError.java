package io.tunesmith.api.openai;

import io.tunesmith.api.rest.Problem;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Failure;
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

    /** Whether clients of the OpenAI API ask at this path. */
    public static boolean speaks(String path) {
        return path.equals("/v1") || path.startsWith("/v1/");
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
