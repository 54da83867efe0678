package io.tunesmith.run;

import java.util.Optional;

/**
 * How much one owner may ask for. Empty is no limit.
 *
 * @param requestsPerMinute also the most at once; each service counts its own
 * @param concurrentRuns that are worked on at a time, at least 1; more wait in line
 * @param queuedRuns that wait in line; more are refused
 * @param uploadBytesPerDay of a day in UTC
 * @param tokensPerDay of language models, of a day in UTC
 */
public record Allowance(Optional<Integer> requestsPerMinute, Optional<Integer> concurrentRuns, Optional<Integer> queuedRuns, Optional<Long> uploadBytesPerDay, Optional<Long> tokensPerDay) {
    public static final Allowance NONE_SAID = new Allowance(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** What is said here, and what is not, as {@code usual} has it. */
    public Allowance or(Allowance usual) {
        return new Allowance(requestsPerMinute.or(usual::requestsPerMinute), concurrentRuns.or(usual::concurrentRuns), queuedRuns.or(usual::queuedRuns), uploadBytesPerDay.or(usual::uploadBytesPerDay),
                tokensPerDay.or(usual::tokensPerDay));
    }
}
