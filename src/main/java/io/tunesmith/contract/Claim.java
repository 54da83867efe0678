package io.tunesmith.contract;

/**
 * The first act of a process: it asks to be the one that works on the attempt.
 *
 * @param n the attempt's number, from the spec
 * @param nonce drawn by the process at its start: the same nonce again is the same claim
 * @param node host name, for people
 * @param pid of the process
 * @param restarts how often the engine restarted the job, 0 for the first start
 */
public record Claim(int n, String nonce, String node, long pid, int restarts) {

    /** The answer to a claim. Refused means: write nothing, exit with {@link ExitCodes#REFUSED}. */
    public sealed interface Answer {
        /** The process is incarnation {@code incarnation} (from 1), the second half of the fencing token; all it sends carries it. */
        record Granted(int incarnation) implements Answer {}

        record Refused(String reason) implements Answer {}
    }
}
