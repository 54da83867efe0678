package io.tunesmith.api.rest;

import io.tunesmith.run.Question;
import java.util.List;
import java.util.Optional;

/**
 * What a run waits for.
 *
 * @param id {@code start} asks whether to begin to spend
 * @param options what would do; empty: anything
 * @param assumed what is taken if the answer is "you choose"
 */
public record QuestionView(String id, String text, List<String> options, Optional<String> assumed) {

    static QuestionView of(Question question) {
        return new QuestionView(question.id(), question.text(), question.options(), question.assumed());
    }
}
