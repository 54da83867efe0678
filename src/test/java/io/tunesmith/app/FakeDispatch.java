package io.tunesmith.app;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.Backends;
import io.tunesmith.dispatch.Capabilities;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.LogChunk;
import io.tunesmith.dispatch.Submission;
import io.tunesmith.dispatch.TrainingBackend;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The real dispatcher on the real store, with an engine that starts nothing. */
@Alternative
@Singleton
final class FakeDispatch {
    @Produces
    @Singleton
    Dispatcher dispatcher(AttemptStore store, Clock clock) {
        return new Dispatcher(store, Backends.of(new IdleBackend(clock)), clock, () -> new byte[32], Runnable::run);
    }

    private record IdleBackend(Clock clock) implements TrainingBackend {
        @Override
        public Capabilities describe() {
            return new Capabilities("idle", 1, 0, true, Duration.ZERO, true, true);
        }

        @Override
        public io.tunesmith.dispatch.Room room(io.tunesmith.contract.Resources asked, int placed) {
            return new io.tunesmith.dispatch.Room.Free();
        }

        @Override
        public JobRef submit(Submission submission) {
            return new JobRef("idle", submission.key(), "1", clock.instant());
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
}
