package io.tunesmith.api.rest;

import io.tunesmith.run.Question;
import java.util.List;
import java.util.Optional;

/**
 * What a run waits for; {@code POST …/answers} answers it.
 *
 * @param id names it within its run; {@code start} asks whether to begin to spend
 * @param options what would do
 * @param assumed what "you choose" takes
 */
public record QuestionView(String id, String text, List<String> options, Optional<String> assumed) {

    static QuestionView of(Question question) {
        return new QuestionView(question.id(), question.text(), question.options(), question.assumed());
    }
}
