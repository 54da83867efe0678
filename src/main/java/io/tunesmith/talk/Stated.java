package io.tunesmith.talk;

import io.tunesmith.run.Start;
import io.tunesmith.task.Overrides;
import java.util.Optional;

/**
 * What a program states beside the words: the request's {@code tunesmith} object.
 *
 * @param data the reference; with it the last message is a request, whatever it says
 * @param start absent: questions are asked
 */
public record Stated(Optional<String> data, Overrides overrides, Optional<Start> start) {
    public static final Stated NOTHING = new Stated(Optional.empty(), Overrides.NONE, Optional.empty());
}
