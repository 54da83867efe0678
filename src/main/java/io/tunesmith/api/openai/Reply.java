package io.tunesmith.api.openai;

import io.tunesmith.core.Failure;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * A whole answer.
 *
 * @param text Markdown
 * @param run the one it tells of
 * @param status where that run stands
 * @param attached whether the same message had started it before
 * @param refusal why what was asked for was not done, where the text says so
 */
public record Reply(String id, Instant created, String model, String text, Optional<RunId> run, Optional<RunStatus> status, boolean attached, Optional<Failure.BadRequest> refusal, Tokens.Usage usage) {

    static Reply of(String id, Instant created, String model, String text, Optional<Run> run, boolean attached, Optional<Failure.BadRequest> refusal, Tokens.Usage usage) {
        return new Reply(id, created, model, text, run.map(Run::id), run.map(Run::status), attached, refusal, usage);
    }

    /** The body of an answer that is no stream. */
    public Completion completion() {
        return Completion.of(this);
    }
}
