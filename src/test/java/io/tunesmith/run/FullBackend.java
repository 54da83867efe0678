package io.tunesmith.run;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Resources;
import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.Capabilities;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.LogChunk;
import io.tunesmith.dispatch.Room;
import io.tunesmith.dispatch.Submission;
import io.tunesmith.dispatch.TrainingBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** An engine without a free slot: whatever is handed to it waits. */
final class FullBackend implements TrainingBackend {
    @Override
    public Capabilities describe() {
        return new Capabilities("full", 1, 0, true, Duration.ZERO, true, true);
    }

    @Override
    public Room room(Resources asked, int placed) {
        return new Room.Waits("its slot is busy");
    }

    @Override
    public JobRef submit(Submission submission) {
        return new JobRef("full", submission.key(), "1", Instant.EPOCH);
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
