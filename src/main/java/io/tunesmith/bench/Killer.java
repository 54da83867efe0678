package io.tunesmith.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Kills a part of the stage, as {@code kill -9} does, and starts again what nobody else starts: the service at once, agents within ten seconds. For one thread. */
final class Killer {
    private static final long LONGEST_AGENT_AWAY_NANOS = 10_000_000_000L;
    /** Drawn from evenly: what is named twice comes twice as often. */
    private static final List<String> HERE = List.of("service", "service", "postgres", "postgres", "worker", "worker", "worker", "worker", "everything");
    private static final List<String> WITH_AGENTS = Stream.concat(HERE.stream(), Stream.of("agent", "agent")).toList();
    private final Processes processes;
    private final ServiceProcess service;
    private final List<AgentProcess> agents;
    private final RandomGenerator random;
    private final Map<AgentProcess, Long> away = new HashMap<>();
    private final Map<String, Integer> kills = new TreeMap<>();

    Killer(Processes processes, ServiceProcess service, List<AgentProcess> agents, RandomGenerator random) {
        this.processes = processes;
        this.service = service;
        this.agents = List.copyOf(agents);
        this.random = random;
    }

    Map<String, Integer> kills() {
        return Map.copyOf(new TreeMap<>(kills));
    }

    void killSomething() throws IOException, InterruptedException {
        List<String> kinds = agents.isEmpty() ? HERE : WITH_AGENTS;
        String kind = kinds.get(random.nextInt(kinds.size()));
        if (kill(kind)) {
            kills.merge(kind, 1, Integer::sum);
        }
        revive(false);
    }

    private boolean kill(String kind) {
        return switch (kind) {
            case "service" -> processes.signal("KILL", service.pid());
            case "postgres" -> processes.postmaster(service.dataDir()).filter(pid -> processes.signal("KILL", pid)).isPresent();
            case "worker" -> any(processes.workers()).filter(pid -> processes.signal("KILL", pid)).isPresent();
            case "agent" -> any(agents.stream().filter(AgentProcess::alive).toList()).filter(this::killed).isPresent();
            default -> everything();
        };
    }

    private boolean everything() {
        processes.all().forEach(pid -> processes.signal("KILL", pid));
        agents.forEach(agent -> away.putIfAbsent(agent, back()));
        return true;
    }

    private boolean killed(AgentProcess agent) {
        away.put(agent, back());
        return processes.signal("KILL", agent.pid());
    }

    private long back() {
        return System.nanoTime() + random.nextLong(LONGEST_AGENT_AWAY_NANOS);
    }

    private <T> Optional<T> any(List<T> all) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    /** Starts the service again if it is gone, and the agents whose time has come, or all of them. */
    void revive(boolean all) throws IOException, InterruptedException {
        if (!service.alive() || !ProcessHandle.of(service.pid()).map(ProcessHandle::isAlive).orElse(false)) {
            service.again();
        }
        for (AgentProcess agent : agents) {
            if (!agent.alive() && (all || away.getOrDefault(agent, 0L) <= System.nanoTime())) {
                away.remove(agent);
                agent.again();
            }
        }
    }
}
