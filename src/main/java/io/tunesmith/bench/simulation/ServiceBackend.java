package io.tunesmith.bench.simulation;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Resources;
import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.Capabilities;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.LogChunk;
import io.tunesmith.dispatch.Refused;
import io.tunesmith.dispatch.Room;
import io.tunesmith.dispatch.Submission;
import io.tunesmith.dispatch.TrainingBackend;
import io.tunesmith.dispatch.Unreachable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** An engine as one service sees it. Whether there is room it knows without asking. */
record ServiceBackend(Seam seam, SimulatedEngine engine) implements TrainingBackend {

    @Override
    public Capabilities describe() {
        return engine.describe();
    }

    @Override
    public Room room(Resources asked, int placed) {
        return engine.room(placed);
    }

    @Override
    public void onRoom(Runnable listener) {
        seam.service().onRoom(engine, listener);
    }

    @Override
    public JobRef submit(Submission submission) throws Refused, Unreachable {
        return seam.engine(engine, "submit " + submission.key(), () -> engine.submit(submission));
    }

    @Override
    public List<JobRef> find(AttemptKey key) throws Unreachable {
        return asked("find " + key, () -> engine.find(key));
    }

    @Override
    public Map<JobRef, AttemptView> observe(Collection<JobRef> jobs) throws Unreachable {
        return asked("observe", () -> engine.observe(jobs));
    }

    @Override
    public void cancel(JobRef job, Duration grace) throws Unreachable {
        asked("cancel " + job.key(), () -> engine.cancel(job.key(), grace));
    }

    @Override
    public LogChunk logs(JobRef job, long fromByte, int max) {
        return new LogChunk("", fromByte);
    }

    @Override
    public List<JobRef> ours() throws Unreachable {
        return asked("list", engine::ours);
    }

    @Override
    public void forget(JobRef job) throws Unreachable {
        asked("forget " + job.key(), () -> engine.forget(job.key()));
    }

    private <T> T asked(String what, Seam.Call<T> call) throws Unreachable {
        try {
            return seam.engine(engine, what, call);
        } catch (Refused e) {
            throw new IllegalStateException("only a submit is refused", e);
        }
    }
}
