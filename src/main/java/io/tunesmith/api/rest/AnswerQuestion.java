package io.tunesmith.api.rest;

import java.util.Optional;

/** The body of {@code POST /api/v1/runs/{id}/answers}. @param answer one of the question's options, or its number from 1; free text where there are none */
public record AnswerQuestion(Optional<String> questionId, Optional<String> answer) {}
