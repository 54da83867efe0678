package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Optional;

/**
 * What went wrong, for programs and people.
 *
 * @param code for example {@code target_missing}
 * @param field what is at fault
 * @param allowed what would pass
 * @param hint what to do
 */
public record ErrorView(String code, Optional<String> field, String message, Optional<String> allowed, Optional<String> hint) {

    public static ErrorView of(Failure failure) {
        return switch (failure) {
            case Failure.BadRequest bad -> new ErrorView(bad.code().wire(), bad.field(), bad.message(), bad.allowed(), bad.hint());
            case Failure.MalformedReply _, Failure.Transient _, Failure.NoCapacity _, Failure.Exhausted _, Failure.Defect _ ->
                    new ErrorView(failure.code().wire(), Optional.empty(), failure.message(), Optional.empty(), Optional.empty());
        };
    }

    /** The error of an answer. */
    public static ErrorView of(Problem problem) {
        Problem.FieldError first = problem.errors().isEmpty()
                ? new Problem.FieldError(Optional.empty(), problem.detail(), Optional.empty(), Optional.empty()) : problem.errors().getFirst();
        return new ErrorView(problem.code(), first.field(), first.message(), first.allowed(), first.hint());
    }

    /** The code as a word of the vocabulary; a code that this side does not know is {@code INTERNAL}. */
    public FailureCode failureCode() {
        for (FailureCode known : FailureCode.values()) {
            if (known.wire().equals(code)) {
                return known;
            }
        }
        return FailureCode.INTERNAL;
    }
}
