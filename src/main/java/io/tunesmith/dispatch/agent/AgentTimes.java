package io.tunesmith.dispatch.agent;

import java.time.Duration;

/**
 * When an agent's silence means what.
 *
 * @param suspect after so long nothing is known of its attempts and it is given no more; nothing is decided, for a broken line must not lose work
 * @param lost after so long its attempts count as lost with it and may be tried elsewhere
 * @param hold how long a poll is held at most while there is nothing to do; well below {@code suspect}, since a held poll is silence too
 */
public record AgentTimes(Duration suspect, Duration lost, Duration hold) {
    /** 15 s, 60 s, 5 s. */
    public static final AgentTimes USUAL = new AgentTimes(Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(5));

    public AgentTimes {
        if (hold.isNegative() || hold.compareTo(suspect) >= 0 || suspect.compareTo(lost) >= 0) {
            throw new IllegalArgumentException("agents: hold " + hold + " < suspect " + suspect + " < lost " + lost + " must hold");
        }
    }
}
