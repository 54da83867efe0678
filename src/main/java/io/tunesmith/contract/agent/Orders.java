package io.tunesmith.contract.agent;

import io.tunesmith.contract.AttemptKey;
import java.util.List;

/**
 * The answer to a poll.
 *
 * @param start attempts that the agent should have and did not name
 * @param stop attempts that must end: TERM, and KILL after their grace
 * @param forget attempts that the service knows no more: what still runs of them ends, their folders go
 * @param release affinities that are over: processes kept warm for them end
 */
public record Orders(List<Lease> start, List<Stop> stop, List<AttemptKey> forget, List<String> release) {
    public Orders {
        start = start == null ? List.of() : List.copyOf(start);
        stop = stop == null ? List.of() : List.copyOf(stop);
        forget = forget == null ? List.of() : List.copyOf(forget);
        release = release == null ? List.of() : List.copyOf(release);
    }

    /** @param graceSeconds from TERM to KILL */
    public record Stop(AttemptKey key, double graceSeconds) {}

    public boolean isEmpty() {
        return start.isEmpty() && stop.isEmpty() && forget.isEmpty() && release.isEmpty();
    }
}
