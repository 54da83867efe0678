package io.tunesmith.contract.agent;

import java.util.regex.Pattern;

/**
 * An agent comes, or comes again after a restart.
 *
 * @param id drawn once and kept in the agent's folder: the same after a restart
 * @param name for people, for example {@code gpu-1}
 * @param boot drawn at each start of the agent: tells two processes with one id apart
 * @param slots attempts at once, 1 to 1000
 * @param gpus GPUs that it lends, 0 to 1000
 */
public record Registration(String id, String name, String boot, int slots, int gpus) {
    private static final Pattern ID = Pattern.compile("[a-z0-9_-]{4,64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final int MOST = 1000;

    public Registration {
        if (!ID.matcher(String.valueOf(id)).matches() || !ID.matcher(String.valueOf(boot)).matches()) {
            throw new IllegalArgumentException("id and boot need 4 to 64 of [a-z0-9_-]");
        }
        if (!NAME.matcher(String.valueOf(name)).matches()) {
            throw new IllegalArgumentException("the name \"" + name + "\" is not allowed: 1 to 63 of [A-Za-z0-9._-], a letter or digit first");
        }
        if (slots < 1 || slots > MOST || gpus < 0 || gpus > MOST) {
            throw new IllegalArgumentException(slots + " slots and " + gpus + " GPUs: 1 to " + MOST + " slots and 0 to " + MOST + " GPUs are allowed");
        }
    }

    /**
     * The agent is known.
     *
     * @param pollSeconds how long the service may hold a poll before it answers; an agent that is silent for three times as long is given no work
     */
    public record Accepted(double pollSeconds) {}
}
