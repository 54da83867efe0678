package io.tunesmith.batch;

import io.tunesmith.core.RunId;
import java.util.Optional;

/**
 * One request of a batch as stored.
 *
 * @param number its line in the file, from 1
 * @param request names it in the output: {@code batch_req_…}
 * @param body the request's body, JSON
 * @param run the run that does it, drawn before the run is made; absent: it has not begun
 * @param spend while under way what it may spend, then what it has spent
 */
public record BatchLine(int number, String customId, String request, String body, State state, Optional<RunId> run, Spend spend, Optional<LineAnswer> answer) {

    public enum State {
        WAITING,
        UNDER_WAY,
        ENDED
    }
}
