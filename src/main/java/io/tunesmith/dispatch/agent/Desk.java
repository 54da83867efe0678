package io.tunesmith.dispatch.agent;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.agent.JobReport;
import io.tunesmith.contract.agent.Lease;
import io.tunesmith.contract.agent.Orders;
import io.tunesmith.contract.agent.Poll;
import io.tunesmith.core.FailureException;
import io.tunesmith.dispatch.AttemptView.Cause;
import io.tunesmith.dispatch.AttemptView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares what an agent has with what it should have. Guarded by the backend's lock. */
final class Desk {
    static final Orders NOTHING = new Orders(List.of(), List.of(), List.of(), List.of());
    private static final Set<String> MAY_BE_STOPPED = Set.of("queued", "running");
    private final AgentStore store;
    private final Map<String, Set<String>> releases = new HashMap<>();

    Desk(AgentStore store) {
        this.store = store;
    }

    /** Where the process of the attempt wrote last. */
    static Path files(Path folder) {
        AttemptFiles files = new AttemptFiles(folder);
        return files.latest().isPresent() ? files.work(files.latest().getAsInt()) : folder;
    }

    /**
     * Keeps what the agent reports, and concludes on what it does not name: what it once had is lost with its process; what it was told of, must end and
     * has not begun, is cancelled; from one that leaves all else moves on.
     *
     * @return whether an attempt ended
     */
    boolean takeIn(Agent agent, Poll poll, Instant now) {
        Map<AttemptKey, JobReport> reports = poll.jobs().stream().collect(Collectors.toMap(JobReport::key, Function.identity(), (_, last) -> last));
        boolean ended = false;
        for (AgentJob job : of(agent)) {
            if (!job.ended()) {
                Optional<JobReport> report = Optional.ofNullable(reports.get(job.key()));
                Optional<AttemptView> next = report.isPresent() ? Optional.of(Views.of(report.get(), job.view(), agent.name(), now)) : missing(agent, job, poll.leaving(), now);
                next.filter(view -> !job.view().equals(Optional.of(view))).ifPresent(view -> store.seen(job.key(), view));
                ended |= next.filter(view -> view.phase() == AttemptView.Phase.ENDED).isPresent();
            }
        }
        return ended;
    }

    private static Optional<AttemptView> missing(Agent agent, AgentJob job, boolean leaving, Instant now) {
        Optional<Instant> started = job.view().flatMap(AttemptView::started);
        if (job.view().isPresent()) {
            return Optional.of(Views.ended(Cause.NODE_LOST, agent.name(), "the agent " + agent.name() + " no longer has it", started, Optional.of(now)));
        }
        if (job.stop().isPresent()) {
            return Optional.of(Views.ended(Cause.CANCELLED, agent.name(), "cancelled before it began", started, Optional.of(now)));
        }
        return leaving ? Optional.of(Views.ended(Cause.PREEMPTED, agent.name(), "the agent " + agent.name() + " left before it began", started, Optional.of(now))) : Optional.empty();
    }

    private List<AgentJob> of(Agent agent) {
        return store.jobs().stream().filter(job -> job.agent().equals(agent.id())).toList();
    }

    void release(String agent, String affinity) {
        releases.computeIfAbsent(agent, _ -> new TreeSet<>()).add(affinity);
    }

    /** Whether a poll may go on waiting. What the agent is already about to end is no reason to answer. */
    boolean hasNothing(Agent agent, Poll poll) {
        List<AgentJob> jobs = of(agent);
        boolean forgets = poll.jobs().stream().filter(report -> !"stopping".equals(report.phase())).anyMatch(report -> !knows(jobs, report.key()));
        return starts(jobs, poll).isEmpty() && stops(jobs, poll).isEmpty() && !forgets && releases.getOrDefault(agent.id(), Set.of()).isEmpty();
    }

    Orders orders(Agent agent, Poll poll, Instant now) {
        List<AgentJob> jobs = of(agent);
        List<Lease> start = starts(jobs, poll).stream().flatMap(job -> lease(job, agent, now).stream()).toList();
        List<AttemptKey> forget = poll.jobs().stream().map(JobReport::key).filter(key -> !knows(jobs, key)).toList();
        Set<String> release = Optional.ofNullable(releases.remove(agent.id())).orElse(Set.of());
        return new Orders(start, stops(jobs, poll), forget, List.copyOf(release));
    }

    private static boolean knows(List<AgentJob> jobs, AttemptKey key) {
        return jobs.stream().anyMatch(job -> job.key().equals(key));
    }

    private static List<AgentJob> starts(List<AgentJob> jobs, Poll poll) {
        Set<AttemptKey> named = poll.jobs().stream().map(JobReport::key).collect(Collectors.toSet());
        return poll.leaving() ? List.of() : jobs.stream().filter(job -> job.view().isEmpty() && job.stop().isEmpty() && !named.contains(job.key())).toList();
    }

    private static List<Orders.Stop> stops(List<AgentJob> jobs, Poll poll) {
        Set<AttemptKey> stoppable = poll.jobs().stream().filter(report -> MAY_BE_STOPPED.contains(report.phase())).map(JobReport::key).collect(Collectors.toSet());
        return jobs.stream().filter(job -> job.stop().isPresent() && stoppable.contains(job.key())).map(job -> new Orders.Stop(job.key(), job.stop().orElseThrow().toMillis() / 1000.0)).toList();
    }

    /** Marked as delivered before the answer is made: from then on the agent may have it. */
    private Optional<Lease> lease(AgentJob job, Agent agent, Instant now) {
        AttemptFiles files = new AttemptFiles(job.folder());
        try {
            Lease lease = new Lease(Wire.read(files.spec(), AttemptSpec.class), Files.readString(files.token()).strip(), job.affinity());
            return store.deliver(job.key()) ? Optional.of(lease) : Optional.empty();
        } catch (IOException | FailureException e) {
            store.seen(job.key(), Views.ended(Cause.NOT_STARTED, agent.name(), "its folder cannot be read: " + e.getMessage(), Optional.empty(), Optional.of(now)));
            return Optional.empty();
        }
    }
}
