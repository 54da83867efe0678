package io.tunesmith.batch;

import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import java.util.Optional;

/** Does what one line asks for, as the endpoint would. Thread-safe. */
public interface LineRunner {

    /**
     * One line's work.
     *
     * @param run under which it is done: asked twice, it is begun once
     * @param granted what it may spend
     */
    record Work(BatchEndpoint endpoint, String body, RunId run, Spend granted) {}

    /** Where the work stands. */
    sealed interface Progress {
        /** It has not begun: whoever was to begin it was stopped before. */
        record Absent() implements Progress {}

        record UnderWay() implements Progress {}

        /** @param cancelled whether it was ended before it came to an answer */
        record Ended(LineAnswer answer, boolean cancelled, Spend spent) implements Progress {}
    }

    /**
     * Reads the body and does nothing.
     *
     * @return the most that it may spend
     * @throws io.tunesmith.core.FailureException a {@code BadRequest} that names the field within the body
     */
    Spend read(BatchEndpoint endpoint, String body);

    /**
     * Begins the work; again under the same run changes nothing. It never waits for a person: what is open is assumed.
     *
     * @return the answer where it can be given, or must be refused, at once
     * @throws io.tunesmith.core.FailureException {@code Transient}: to be tried again
     */
    Optional<LineAnswer> begin(Work work, Caller caller);

    Progress look(Work work, Caller caller);

    /** Asks the work to end; what has ended or never begun stays as it is. */
    void cancel(RunId run, Caller caller);
}
