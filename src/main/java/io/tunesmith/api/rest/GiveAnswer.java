package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Optional;

/**
 * The body of {@code POST /api/v1/runs/{id}/answers}.
 *
 * @param questionId absent: the open one
 * @param answer an option, its number from 1, or "you choose"
 */
public record GiveAnswer(Optional<String> questionId, String answer) {
    public GiveAnswer {
        if (answer == null || answer.isBlank()) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "answer", "there is no answer").allowed("one of the question's options, or its number").asException();
        }
    }
}
