package io.tunesmith.talk;

import io.tunesmith.core.Failure;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Run;
import java.util.Optional;

/**
 * What is said at once to a message, and what is told after it.
 *
 * @param text Markdown
 * @param run which run it is about
 * @param after of a run that is followed: the number of the last event that is not told; absent: nothing follows
 * @param attached whether the run is the one that the same message started before
 * @param refusal why what was asked for was not done
 */
public record Said(String text, Optional<RunId> run, Optional<Long> after, boolean attached, Optional<Failure.BadRequest> refusal) {

    /** Of a run that the message has started: told again of the same run it says the same. */
    public static Said started(Run run, boolean attached, Wording wording) {
        return following(run.id(), 0, attached, wording.accepted(run, attached));
    }

    static Said only(String text) {
        return new Said(text, Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    static Said of(RunId run, String text) {
        return new Said(text, Optional.of(run), Optional.empty(), false, Optional.empty());
    }

    static Said following(RunId run, long after, boolean attached, String text) {
        return new Said(text, Optional.of(run), Optional.of(after), attached, Optional.empty());
    }
}
