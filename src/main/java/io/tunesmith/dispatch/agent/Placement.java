package io.tunesmith.dispatch.agent;

import io.tunesmith.contract.Resources;
import io.tunesmith.dispatch.Room;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which agent an attempt goes to: among those with room, for an attempt without GPUs the one with the fewest GPUs, then the one with the most free slots,
 * then by name. Pure.
 *
 * @param live agents that were heard lately and do not leave
 * @param jobs all attempts on agents
 */
record Placement(List<Agent> live, List<AgentJob> jobs) {

    Optional<Agent> choose(Resources asked) {
        Comparator<Agent> spare = Comparator.comparingInt(agent -> asked.gpus() == 0 ? agent.gpus() : 0);
        return live.stream().filter(agent -> fits(agent, asked) > 0)
                .min(spare.thenComparing(Comparator.comparingInt(this::freeSlots).reversed()).thenComparing(Agent::name).thenComparing(Agent::id));
    }

    /** @param placed attempts that are on their way and not among the jobs yet; each may need as much as this one */
    Room room(Resources asked, int placed) {
        if (live.isEmpty()) {
            return new Room.Waits("no agent is connected; start one with: tunesmith agent --server URL --token-file FILE");
        }
        if (live.stream().mapToInt(agent -> fits(agent, asked)).sum() > placed) {
            return new Room.Free();
        }
        if (live.stream().noneMatch(agent -> agent.gpus() >= asked.gpus())) {
            return new Room.Waits("no connected agent has " + gpus(asked.gpus()) + ": " + live.stream().map(agent -> agent.name() + " has " + agent.gpus()).collect(Collectors.joining(", ")));
        }
        int slots = live.stream().mapToInt(Agent::slots).sum();
        boolean slotsLeft = live.stream().mapToInt(this::freeSlots).sum() > placed;
        String what = slotsLeft ? gpus(live.stream().mapToInt(Agent::gpus).sum()) : slots == 1 ? "slot" : slots + " slots";
        return new Room.Waits((what.equals("slot") ? "the one slot" : "all " + what) + " of the agent" + (live.size() == 1 ? " " : "s ")
                + live.stream().map(Agent::name).collect(Collectors.joining(", ")) + (what.equals("slot") ? " is" : " are") + " busy");
    }

    /** How many such attempts the agent could take now. */
    private int fits(Agent agent, Resources asked) {
        int byGpus = asked.gpus() == 0 ? Integer.MAX_VALUE : (agent.gpus() - open(agent).mapToInt(AgentJob::gpus).sum()) / asked.gpus();
        return Math.max(0, Math.min(freeSlots(agent), byGpus));
    }

    private int freeSlots(Agent agent) {
        return Math.max(0, agent.slots() - (int) open(agent).count());
    }

    private java.util.stream.Stream<AgentJob> open(Agent agent) {
        return jobs.stream().filter(job -> job.agent().equals(agent.id()) && !job.ended());
    }

    private static String gpus(int count) {
        return count == 1 ? "1 GPU" : count + " GPUs";
    }
}
