package io.tunesmith.judge;

import java.util.List;

/**
 * What the re-runs say.
 *
 * @param ranked best first
 * @param seeds that the re-runs used; none of them was used in the search
 * @param probabilityBest share of bootstrap resamples of the seeds in which the winner is best; in [0, 1]
 * @param noiseFloor standard deviation of one contender's score between seeds, pooled over contenders; a smaller gain is no gain
 * @param gain of the winner over the default, positive is better, in units of the metric
 * @param betterThanDefault whether the gain exceeds the noise floor
 * @param verdict one sentence for people
 */
public record Choice(List<Scored> ranked, List<Long> seeds, double probabilityBest, double noiseFloor, double gain, boolean betterThanDefault, String verdict) {
    public Choice {
        ranked = List.copyOf(ranked);
        seeds = List.copyOf(seeds);
    }

    /** Mean score over the seeds with a 95 % interval. */
    public record Scored(Contender contender, double mean, double low, double high, List<Double> scores) {
        public Scored {
            scores = List.copyOf(scores);
        }
    }

    public Contender winner() {
        return ranked.getFirst().contender();
    }
}
