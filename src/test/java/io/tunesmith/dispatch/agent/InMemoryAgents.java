package io.tunesmith.dispatch.agent;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.agent.Registration;
import io.tunesmith.dispatch.AttemptView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The memory of agents, for tests. Thread-safe: synchronized. */
public final class InMemoryAgents implements AgentStore {
    private final Map<String, Agent> agents = new HashMap<>();
    private final Map<String, Long> seqs = new HashMap<>();
    private final Map<AttemptKey, AgentJob> jobs = new LinkedHashMap<>();

    @Override
    public synchronized void register(Registration registration, Instant at) {
        Agent before = agents.put(registration.id(), new Agent(registration.id(), registration.name(), registration.boot(), registration.slots(), registration.gpus(), at, false));
        if (before == null || !before.boot().equals(registration.boot())) {
            seqs.put(registration.id(), 0L);
        }
    }

    @Override
    public synchronized boolean heard(String id, String boot, long seq, boolean leaving, Instant at) {
        Agent agent = agents.get(id);
        if (agent == null || !agent.boot().equals(boot) || seq <= seqs.get(id)) {
            return false;
        }
        seqs.put(id, seq);
        agents.put(id, new Agent(id, agent.name(), boot, agent.slots(), agent.gpus(), at.isAfter(agent.heard()) ? at : agent.heard(), agent.leaving() || leaving));
        return true;
    }

    @Override
    public synchronized Optional<Agent> agent(String id) {
        return Optional.ofNullable(agents.get(id));
    }

    @Override
    public synchronized List<Agent> agents() {
        return agents.values().stream().sorted(Comparator.comparing(Agent::name).thenComparing(Agent::id)).toList();
    }

    @Override
    public synchronized void prune(Instant limit) {
        agents.values().removeIf(agent -> agent.heard().isBefore(limit) && jobs.values().stream().noneMatch(job -> job.agent().equals(agent.id())));
    }

    @Override
    public synchronized AgentJob give(AgentJob job) {
        jobs.putIfAbsent(job.key(), job);
        return jobs.get(job.key());
    }

    @Override
    public synchronized boolean deliver(AttemptKey key) {
        return change(key, true, job -> new AgentJob(key, job.agent(), job.affinity(), job.folder(), job.gpus(), job.submitted(), true, job.stop(), job.view()));
    }

    @Override
    public synchronized void seen(AttemptKey key, AttemptView view) {
        change(key, true, job -> viewed(job, view));
    }

    @Override
    public synchronized boolean endUndelivered(AttemptKey key, AttemptView end) {
        return Optional.ofNullable(jobs.get(key)).filter(job -> !job.delivered()).isPresent() && change(key, true, job -> viewed(job, end));
    }

    @Override
    public synchronized void stop(AttemptKey key, Duration grace) {
        change(key, false, job -> new AgentJob(key, job.agent(), job.affinity(), job.folder(), job.gpus(), job.submitted(), job.delivered(), Optional.of(job.stop().orElse(grace)), job.view()));
    }

    private static AgentJob viewed(AgentJob job, AttemptView view) {
        return new AgentJob(job.key(), job.agent(), job.affinity(), job.folder(), job.gpus(), job.submitted(), job.delivered(), job.stop(), Optional.of(view));
    }

    private boolean change(AttemptKey key, boolean openOnly, java.util.function.UnaryOperator<AgentJob> next) {
        AgentJob job = jobs.get(key);
        if (job == null || openOnly && job.ended()) {
            return false;
        }
        jobs.put(key, next.apply(job));
        return true;
    }

    @Override
    public synchronized Optional<AgentJob> job(AttemptKey key) {
        return Optional.ofNullable(jobs.get(key));
    }

    @Override
    public synchronized List<AgentJob> jobs() {
        return jobs.values().stream().sorted(Comparator.comparing(AgentJob::submitted)).toList();
    }

    @Override
    public synchronized void forget(AttemptKey key) {
        jobs.remove(key);
    }
}
