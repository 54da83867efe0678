package io.tunesmith.dispatch.agent;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.agent.Registration;
import io.tunesmith.dispatch.AttemptView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The memory of agents and of the attempts given to them. Every call is atomic; thread-safe, also across services. */
public interface AgentStore {

    /** Keeps the agent, or what it says anew; its process is from now on the one of {@code boot}. */
    void register(Registration registration, Instant at);

    /**
     * The agent spoke.
     *
     * @return whether it counts: the boot is the one that registered last and no later word of it has come
     */
    boolean heard(String agent, String boot, long seq, boolean leaving, Instant at);

    Optional<Agent> agent(String id);

    /** By name. */
    List<Agent> agents();

    /** Drops agents that have been silent since before {@code limit} and have no attempts. */
    void prune(Instant limit);

    /** Gives the attempt to an agent; the first one under a key stays and is returned. */
    AgentJob give(AgentJob job);

    /** Marks it as told to its agent. @return false if it is unknown or has ended: then it must not be told */
    boolean deliver(AttemptKey key);

    /** How it stands. An end is never taken back. */
    void seen(AttemptKey key, AttemptView view);

    /** Ends an attempt that its agent surely does not have. @return false if it may have it (or if it has ended already, or is unknown) */
    boolean endUndelivered(AttemptKey key, AttemptView end);

    /** It must end; the first grace stays. */
    void stop(AttemptKey key, Duration grace);

    Optional<AgentJob> job(AttemptKey key);

    /** All, oldest first. */
    List<AgentJob> jobs();

    void forget(AttemptKey key);
}
