package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Resources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** An engine that a test plays: jobs run until the test says otherwise. Every method is synchronized. */
final class FakeBackend implements TrainingBackend {
    private final Clock clock;
    private final Map<AttemptKey, AttemptView> jobs = new LinkedHashMap<>();
    private final Map<AttemptKey, JobRef> refs = new LinkedHashMap<>();
    final List<AttemptKey> submits = new ArrayList<>();
    final List<AttemptKey> cancels = new ArrayList<>();
    final List<String> released = new ArrayList<>();
    private Optional<String> refusal = Optional.empty();
    private volatile boolean full;
    private boolean reachable = true;
    private boolean losesRequests;
    private boolean losesReplies;
    private Runnable duringSubmit = () -> { };

    FakeBackend(Clock clock) {
        this.clock = clock;
    }

    synchronized void full(boolean is) {
        full = is;
    }

    synchronized void refuse(String why) {
        refusal = Optional.of(why);
    }

    synchronized void reachable(boolean is) {
        reachable = is;
    }

    /** The next submits do not arrive. */
    synchronized void loseRequests(boolean lose) {
        losesRequests = lose;
    }

    /** The next submits arrive, but nobody hears of it. */
    synchronized void loseReplies(boolean lose) {
        losesReplies = lose;
    }

    void duringSubmit(Runnable action) {
        duringSubmit = action;
    }

    synchronized void ends(AttemptKey key, AttemptView.Cause cause, int exitCode) {
        if (!jobs.containsKey(key)) {
            return;
        }
        OptionalInt signal = exitCode > 128 ? OptionalInt.of(exitCode - 128) : OptionalInt.empty();
        jobs.put(key, view(AttemptView.Phase.ENDED, Optional.of(cause), OptionalInt.of(exitCode), signal));
    }

    synchronized void forgets(AttemptKey key) {
        jobs.remove(key);
        refs.remove(key);
    }

    /** Jobs that were asked to end do. */
    synchronized void endCancelled() {
        cancels.stream().filter(jobs::containsKey).forEach(key -> ends(key, AttemptView.Cause.CANCELLED, 143));
    }

    synchronized List<AttemptKey> jobsLeft() {
        return List.copyOf(refs.keySet());
    }

    synchronized boolean runs(AttemptKey key) {
        return jobs.containsKey(key) && jobs.get(key).phase() == AttemptView.Phase.RUNNING;
    }

    synchronized boolean knows(AttemptKey key) {
        return jobs.containsKey(key);
    }

    private AttemptView view(AttemptView.Phase phase, Optional<AttemptView.Cause> cause, OptionalInt exitCode, OptionalInt signal) {
        Instant now = clock.instant();
        return new AttemptView(phase, cause, exitCode, signal, 0, "fake", Optional.of(now), cause.map(_ -> now), phase.name());
    }

    private void answer() throws Unreachable {
        if (!reachable) {
            throw new Unreachable("no answer", new IllegalStateException("scripted"));
        }
    }

    @Override
    public Capabilities describe() {
        return new Capabilities("fake", 100, 0, true, Duration.ZERO, true, true);
    }

    @Override
    public Room room(Resources asked, int placed) {
        return full ? new Room.Waits("all slots of fake are busy") : new Room.Free();
    }

    @Override
    public JobRef submit(Submission submission) throws Refused, Unreachable {
        duringSubmit.run();
        synchronized (this) {
            submits.add(submission.key());
            answer();
            if (refusal.isPresent()) {
                throw new Refused(refusal.get());
            }
            if (losesRequests) {
                throw new Unreachable("request lost", new IllegalStateException("scripted"));
            }
            refs.computeIfAbsent(submission.key(), key -> new JobRef("fake", key, "job-" + key, clock.instant()));
            jobs.computeIfAbsent(submission.key(), _ -> view(AttemptView.Phase.RUNNING, Optional.empty(), OptionalInt.empty(), OptionalInt.empty()));
            if (losesReplies) {
                throw new Unreachable("reply lost", new IllegalStateException("scripted"));
            }
            return refs.get(submission.key());
        }
    }

    @Override
    public synchronized List<JobRef> find(AttemptKey key) throws Unreachable {
        answer();
        return Optional.ofNullable(refs.get(key)).stream().toList();
    }

    @Override
    public synchronized Map<JobRef, AttemptView> observe(Collection<JobRef> all) throws Unreachable {
        answer();
        Map<JobRef, AttemptView> views = new LinkedHashMap<>();
        all.forEach(ref -> views.put(ref, jobs.getOrDefault(ref.key(), view(AttemptView.Phase.GONE, Optional.empty(), OptionalInt.empty(), OptionalInt.empty()))));
        return views;
    }

    @Override
    public synchronized void cancel(JobRef job, Duration grace) throws Unreachable {
        answer();
        cancels.add(job.key());
    }

    @Override
    public LogChunk logs(JobRef job, long fromByte, int max) {
        return new LogChunk("", fromByte);
    }

    @Override
    public synchronized List<JobRef> ours() throws Unreachable {
        answer();
        return List.copyOf(refs.values());
    }

    @Override
    public synchronized void forget(JobRef job) throws Unreachable {
        answer();
        forgets(job.key());
    }

    @Override
    public synchronized void release(String affinity) {
        released.add(affinity);
    }
}
