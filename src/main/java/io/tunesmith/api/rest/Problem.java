package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An error answer (RFC 9457, {@code application/problem+json}).
 *
 * @param type {@code about:blank}: {@code code} says more
 * @param title the status in words
 * @param detail one sentence for a person
 * @param code the failure's name, for programs
 * @param errors the fields at fault, none where no field is
 */
public record Problem(String type, String title, int status, String detail, String code, List<FieldError> errors) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = errors == null ? List.of() : List.copyOf(errors);
    }

    /** What is wrong with one field, what would pass, and what to do. */
    public record FieldError(Optional<String> field, String message, Optional<String> allowed, Optional<String> hint) {}

    /** An answer that is about no field. */
    static Problem plain(int status, String detail) {
        return new Problem("about:blank", title(status), status, detail, FailureCode.INVALID_REQUEST.wire(), List.of());
    }

    /** The one mapping from a failure to its answer. */
    public static Problem of(Failure failure) {
        int status = status(failure);
        List<FieldError> errors = switch (failure) {
            case Failure.BadRequest bad -> List.of(new FieldError(bad.field(), bad.message(), bad.allowed(), bad.hint()));
            case Failure.MalformedReply _, Failure.Transient _, Failure.NoCapacity _, Failure.Exhausted _, Failure.Defect _ -> List.of();
        };
        return new Problem("about:blank", title(status), status, failure.message(), failure.code().wire(), errors);
    }

    private static int status(Failure failure) {
        return switch (failure) {
            case Failure.Transient slow -> switch (slow.code()) {
                case RATE_LIMITED -> 429;
                case IDEMPOTENCY_CONFLICT -> 409;
                default -> 503;
            };
            case Failure.NoCapacity _ -> 503;
            case Failure.MalformedReply _ -> 502;
            case Failure.BadRequest _, Failure.Exhausted _, Failure.Defect _ -> switch (failure.code()) {
                case INVALID_REQUEST, CONTRADICTION, REF_NOT_ALLOWED -> 400;
                case INVALID_API_KEY -> 401;
                case FORBIDDEN -> 403;
                case RUN_NOT_FOUND, NOT_FOUND, MODEL_NOT_FOUND -> 404;
                case RUN_CONFLICT, IDEMPOTENCY_CONFLICT, REFUSED -> 409;
                case TOO_LARGE -> 413;
                case DATA_UNREADABLE, DATA_UNUSABLE, TARGET_MISSING, UNSUPPORTED, TOO_FEW_TRIALS, BUDGET_EXHAUSTED, TRAINING_FAILED -> 422;
                case RATE_LIMITED -> 429;
                case SERVER_UNREACHABLE -> 502;
                case ENVIRONMENT, NOT_LEADER, STORE_UNAVAILABLE -> 503;
                case INTERNAL -> 500;
            };
        };
    }

    static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Range Not Satisfiable";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            default -> status >= 500 ? "Internal Server Error" : "HTTP " + String.format(Locale.ROOT, "%d", status);
        };
    }
}
