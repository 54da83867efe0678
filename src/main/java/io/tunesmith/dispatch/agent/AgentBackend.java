package io.tunesmith.dispatch.agent;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Resources;
import io.tunesmith.contract.agent.Orders;
import io.tunesmith.contract.agent.Poll;
import io.tunesmith.contract.agent.Registration;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.dispatch.Agents;
import io.tunesmith.dispatch.AttemptView.Cause;
import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.Capabilities;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.LogChunk;
import io.tunesmith.dispatch.LogFile;
import io.tunesmith.dispatch.Room;
import io.tunesmith.dispatch.Submission;
import io.tunesmith.dispatch.TrainingBackend;
import io.tunesmith.dispatch.Unreachable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs attempts on machines that registered themselves. What was given to whom is stored, so a restart of the service loses nothing; what an agent says of
 * its attempts is taken as a whole. Silence of an agent is judged by {@link AgentTimes}. Thread-safe: one lock orders placing, cancelling and the handling
 * of polls, and a poll that waits gives it up; looking on needs no lock.
 */
public final class AgentBackend implements TrainingBackend, Agents {
    public static final String NAME = "agent";
    private static final Duration MOST_WAIT = Duration.ofSeconds(25);
    private static final Duration KEPT = Duration.ofDays(7);
    private final AgentStore store;
    private final Clock clock;
    private final AgentTimes times;
    private final Listening listening;
    private final Desk desk;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<String, Long> latest = new ConcurrentHashMap<>();
    private volatile Capabilities capabilities = capabilities(List.of());
    private volatile Runnable roomListener = () -> { };

    public AgentBackend(AgentStore store, Clock clock, AgentTimes times) {
        this.store = store;
        this.clock = clock;
        this.times = times;
        this.listening = new Listening(clock.instant());
        this.desk = new Desk(store);
    }

    /** Slots and GPUs of the agents that are connected. */
    @Override
    public Capabilities describe() {
        return capabilities;
    }

    private static Capabilities capabilities(List<Agent> live) {
        return new Capabilities(NAME, live.stream().mapToInt(Agent::slots).sum(), live.stream().mapToInt(Agent::gpus).sum(), true, Duration.ZERO, false, true);
    }

    /** Never {@link Room.Never}: an agent that has what is asked for may come at any time. */
    @Override
    public Room room(Resources asked, int placed) {
        return placement(clock.instant()).room(asked, placed);
    }

    @Override
    public void onRoom(Runnable listener) {
        roomListener = listener;
    }

    private Placement placement(Instant now) {
        List<Agent> live = live(store.agents(), now);
        capabilities = capabilities(live);
        return new Placement(live, live.isEmpty() ? List.of() : store.jobs());
    }

    private List<Agent> live(List<Agent> agents, Instant now) {
        return agents.stream().filter(agent -> !agent.leaving() && Duration.between(agent.heard(), now).compareTo(times.suspect()) < 0).toList();
    }

    @Override
    public JobRef submit(Submission submission) throws Unreachable {
        lock.lock();
        try {
            Optional<AgentJob> known = store.job(submission.key());
            if (known.isPresent()) {
                return ref(known.get());
            }
            Instant now = clock.instant();
            Agent agent = placement(now).choose(submission.resources())
                    .orElseThrow(() -> new Unreachable("no connected agent has room now", new IllegalStateException("no room for " + submission.key())));
            AgentJob given = store.give(new AgentJob(submission.key(), agent.id(), submission.affinity(), submission.folder().toAbsolutePath(), submission.resources().gpus(), now,
                    false, Optional.empty(), Optional.empty()));
            news.signalAll();
            return ref(given);
        } finally {
            lock.unlock();
        }
    }

    private static JobRef ref(AgentJob job) {
        return new JobRef(NAME, job.key(), job.agent() + "/" + job.key(), job.submitted());
    }

    @Override
    public List<JobRef> find(AttemptKey key) {
        return store.job(key).map(AgentBackend::ref).stream().toList();
    }

    /** An attempt that its agent surely never got ends as soon as the agent is silent: it may move at once. */
    @Override
    public Map<JobRef, AttemptView> observe(Collection<JobRef> refs) {
        Instant now = clock.instant();
        listening.here(now);
        List<Agent> all = store.agents();
        capabilities = capabilities(live(all, now));
        Map<String, Agent> agents = all.stream().collect(Collectors.toMap(Agent::id, Function.identity()));
        Map<AttemptKey, AgentJob> jobs = store.jobs().stream().collect(Collectors.toMap(AgentJob::key, Function.identity()));
        Map<JobRef, AttemptView> views = new LinkedHashMap<>();
        refs.forEach(ref -> views.put(ref, Optional.ofNullable(jobs.get(ref.key())).map(job -> view(job, Optional.ofNullable(agents.get(job.agent())), now)).orElse(Views.GONE)));
        return views;
    }

    private AttemptView view(AgentJob job, Optional<Agent> agent, Instant now) {
        Optional<Duration> silence = agent.map(known -> listening.silence(known.heard(), now));
        String node = agent.map(Agent::name).orElse("");
        AttemptView view = Views.of(job, node, silence, times);
        if (view.phase() != AttemptView.Phase.UNKNOWN || job.delivered()) {
            return view;
        }
        AttemptView lost = Views.ended(Cause.NODE_LOST, node, "the agent " + node + " fell silent before it was told", Optional.empty(), Optional.of(now));
        return store.endUndelivered(job.key(), lost) ? lost : view;
    }

    @Override
    public void cancel(JobRef ref, Duration grace) {
        lock.lock();
        try {
            Instant now = clock.instant();
            AttemptView cancelled = Views.ended(Cause.CANCELLED, "", "cancelled before an agent had it", Optional.empty(), Optional.of(now));
            if (store.endUndelivered(ref.key(), cancelled)) {
                roomListener.run();
            } else {
                store.stop(ref.key(), grace);
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What the agent has handed in of the log so far. */
    @Override
    public LogChunk logs(JobRef ref, long fromByte, int max) {
        return folder(ref.key()).map(folder -> LogFile.read(Desk.files(folder).resolve("log.txt"), fromByte, max)).orElse(new LogChunk("", fromByte));
    }

    @Override
    public List<JobRef> ours() {
        return store.jobs().stream().map(AgentBackend::ref).toList();
    }

    /** The agent is told to forget what is not stored any more. */
    @Override
    public void forget(JobRef ref) {
        lock.lock();
        try {
            store.forget(ref.key());
            news.signalAll();
        } finally {
            lock.unlock();
        }
        roomListener.run();
    }

    @Override
    public void release(String affinity) {
        lock.lock();
        try {
            store.agents().forEach(agent -> desk.release(agent.id(), affinity));
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Path> folder(AttemptKey key) {
        return store.job(key).map(AgentJob::folder);
    }

    @Override
    public Registration.Accepted register(Registration registration) {
        lock.lock();
        try {
            Instant now = clock.instant();
            store.register(registration, now);
            store.prune(now.minus(KEPT));
            capabilities = capabilities(live(store.agents(), now));
            latest.put(registration.id(), 0L);
            news.signalAll();
        } finally {
            lock.unlock();
        }
        roomListener.run();
        return new Registration.Accepted(times.hold().toMillis() / 1000.0);
    }

    @Override
    public Orders poll(String id, Poll poll) {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (!store.heard(id, poll.boot(), poll.seq(), poll.leaving(), now)) {
                return notCounted(id, poll);
            }
            Agent agent = store.agent(id).orElseThrow(() -> unknown(id));
            latest.put(id, poll.seq());
            news.signalAll();
            if (desk.takeIn(agent, poll, now)) {
                roomListener.run();
            }
            return await(agent, poll);
        } finally {
            lock.unlock();
        }
    }

    /** A poll that was overtaken by a later one of the same process needs no answer. */
    private Orders notCounted(String id, Poll poll) {
        Agent agent = store.agent(id).orElseThrow(() -> unknown(id));
        if (!agent.boot().equals(poll.boot())) {
            throw Failure.BadRequest.of(FailureCode.REFUSED, "boot", "another process has registered as this agent")
                    .hint("was the agent's folder copied to another machine? give each agent a --data-dir of its own").asException();
        }
        return Desk.NOTHING;
    }

    private static RuntimeException unknown(String id) {
        return Failure.BadRequest.of(FailureCode.NOT_FOUND, "id", "there is no agent \"" + id + "\"").hint("register first").asException();
    }

    /** Waits while there is nothing to do and no later poll has come; the lock is free meanwhile. */
    private Orders await(Agent agent, Poll poll) {
        Duration asked = Duration.ofMillis((long) (1000 * Math.clamp(poll.waitSeconds(), 0, MOST_WAIT.toSeconds())));
        long left = Math.min(asked.toNanos(), times.hold().toNanos());
        try {
            while (desk.hasNothing(agent, poll) && left > 0) {
                left = news.awaitNanos(left);
                if (latest.getOrDefault(agent.id(), 0L) != poll.seq()) {
                    return Desk.NOTHING;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Desk.NOTHING;
        }
        return desk.orders(agent, poll, clock.instant());
    }
}
