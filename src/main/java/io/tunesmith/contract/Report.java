package io.tunesmith.contract;

import java.util.List;

/** A batch of events from one incarnation: the body of {@code POST …/events}. */
public record Report(int n, int incarnation, List<WorkerEvent> events) {
    public Report {
        events = List.copyOf(events);
    }

    /**
     * What the process must do next.
     *
     * @param stop end now and report the last values as pruned
     * @param reason one sentence, for the log; empty if not stopped
     */
    public record Answer(boolean stop, String reason) {
        public static final Answer GO_ON = new Answer(false, "");
    }
}
