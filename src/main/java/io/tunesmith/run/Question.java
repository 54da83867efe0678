package io.tunesmith.run;

import java.util.List;
import java.util.Optional;

/**
 * What a run waits for. An answer is one of the options where there are any (or their number, from 1), else free text.
 *
 * @param id names it within its run, for example {@code target}; {@value #START} asks whether to begin to spend
 * @param text one sentence for a person
 * @param options what would do; empty: anything
 * @param assumed what is taken if the answer is "you choose"
 */
public record Question(String id, String text, List<String> options, Optional<String> assumed) {
    public static final String START = "start";

    public Question {
        options = List.copyOf(options);
    }
}
