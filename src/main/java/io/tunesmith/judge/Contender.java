package io.tunesmith.judge;

import java.util.List;

/**
 * Something that may ship: one configuration, an ensemble of several, or the default configuration.
 *
 * @param name {@code trial-12}, {@code ensemble} or {@code default}
 * @param members trial numbers with their weights; one of weight 1 unless it is an ensemble
 */
public record Contender(String name, Kind kind, List<Member> members) {
    public Contender {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("contender " + name + " has no members");
        }
    }

    public enum Kind { CONFIGURATION, ENSEMBLE, DEFAULT }

    /** @param weight share in the averaged predictions; the weights of a contender sum to 1 */
    public record Member(int trial, double weight) {}

    public static Contender single(String name, Kind kind, int trial) {
        return new Contender(name, kind, List.of(new Member(trial, 1)));
    }
}
