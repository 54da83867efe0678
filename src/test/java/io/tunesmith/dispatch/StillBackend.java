package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Resources;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * An engine in which nothing ever happens.
 *
 * @param room what it says of every attempt: whether it would take it
 */
public record StillBackend(String name, Room room, Clock clock) implements TrainingBackend {

    @Override
    public Capabilities describe() {
        return new Capabilities(name, 1, 0, true, Duration.ZERO, true, true);
    }

    @Override
    public Room room(Resources asked, int placed) {
        return room;
    }

    @Override
    public JobRef submit(Submission submission) {
        return new JobRef(name, submission.key(), "1", clock.instant());
    }

    @Override
    public List<JobRef> find(AttemptKey key) {
        return List.of();
    }

    @Override
    public Map<JobRef, AttemptView> observe(Collection<JobRef> jobs) {
        return Map.of();
    }

    @Override
    public void cancel(JobRef job, Duration grace) {}

    @Override
    public LogChunk logs(JobRef job, long fromByte, int max) {
        return new LogChunk("", fromByte);
    }

    @Override
    public List<JobRef> ours() {
        return List.of();
    }

    @Override
    public void forget(JobRef job) {}
}
