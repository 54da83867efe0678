package io.tunesmith.contract.agent;

import java.util.List;

/**
 * All that an agent has, and its question what to do: the body of {@code POST /api/v1/agents/{id}/poll}.
 *
 * @param boot as registered
 * @param seq grows with each poll of one boot: an older one that comes late is ignored
 * @param waitSeconds how long the service may wait for something new before it answers, at most 25
 * @param leaving whether the agent is about to end and takes nothing more
 * @param jobs every attempt that the agent has, ended ones too until it is told to forget them
 */
public record Poll(String boot, long seq, double waitSeconds, boolean leaving, List<JobReport> jobs) {
    public Poll {
        jobs = jobs == null ? List.of() : List.copyOf(jobs);
    }
}
