package io.tunesmith.search;

import java.util.List;

/**
 * Proposes the configuration of one trial. Stateless: all it knows is in its arguments, so the same context, evidence and number give the
 * same proposal, bit for bit. Thread-safe.
 */
public interface Sampler {

    /** The name on the wire: random, qmc, tpe. */
    String name();

    /**
     * @param evidence the trials that this proposal may learn from, by number, pending ones included
     * @param number the trial to propose for
     * @return an assignment that {@code context.space()} accepts
     */
    Proposal propose(StudyContext context, List<Evidence> evidence, int number);
}
