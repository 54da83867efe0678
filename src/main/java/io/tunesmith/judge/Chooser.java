package io.tunesmith.judge;

import io.tunesmith.core.Direction;
import io.tunesmith.core.RandomSource;
import io.tunesmith.judge.Choice.Scored;
import io.tunesmith.judge.Contender.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Chooses among contenders that were re-run on the same fresh seeds: best mean wins; the probability of being best comes from a paired bootstrap
 * over the seeds; the noise floor is the pooled standard deviation of one contender's scores between seeds, over the square root of the number of
 * seeds. A single configuration or the default wins a tie inside the noise floor against an ensemble: the simpler one ships.
 */
public final class Chooser {
    private static final int RESAMPLES = 2000;
    /** Two-sided 95 % quantiles of Student's t for 1 to 9 degrees of freedom (any table); 1.96 beyond. */
    private static final double[] T = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262};

    private Chooser() {}

    /**
     * @param reruns at least one, all over the same seeds, one of them the default
     */
    public static Choice choose(List<Rerun> reruns, List<Long> seeds, Direction direction, RandomSource random) {
        List<Scored> ranked = reruns.stream().map(Chooser::scored)
                .sorted(Comparator.comparingDouble(scored -> direction.loss(scored.mean()))).toList();
        double noise = noiseFloor(ranked);
        List<Scored> order = simplerFirst(ranked, direction, noise);
        Scored winner = order.getFirst();
        double byDefault = order.stream().filter(scored -> scored.contender().kind() == Kind.DEFAULT).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the default is not among the contenders")).mean();
        double gain = direction.loss(byDefault) - direction.loss(winner.mean());
        boolean better = winner.contender().kind() != Kind.DEFAULT && gain > noise;
        return new Choice(order, seeds, probabilityBest(order, direction, random), noise, gain, better, verdict(winner, gain, noise, better));
    }

    private static Scored scored(Rerun rerun) {
        double[] scores = rerun.scores().stream().mapToDouble(Double::doubleValue).toArray();
        double mean = IntStream.range(0, scores.length).mapToDouble(i -> scores[i]).average().orElseThrow();
        double half = scores.length < 2 ? 0 : t(scores.length - 1) * Math.sqrt(variance(scores, mean) / scores.length);
        return new Scored(rerun.contender(), mean, mean - half, mean + half, rerun.scores());
    }

    private static double t(int degrees) {
        return degrees <= T.length ? T[degrees - 1] : 1.96;
    }

    private static double variance(double[] scores, double mean) {
        double sum = 0;
        for (double score : scores) {
            sum += (score - mean) * (score - mean);
        }
        return sum / (scores.length - 1);
    }

    private static double noiseFloor(List<Scored> all) {
        int seeds = all.getFirst().scores().size();
        if (seeds < 2) {
            return 0;
        }
        double pooled = all.stream().mapToDouble(scored -> variance(scored.scores().stream().mapToDouble(Double::doubleValue).toArray(), scored.mean()))
                .average().orElseThrow();
        return Math.sqrt(pooled / seeds);
    }

    /** An ensemble that leads by no more than the noise gives way to the best single contender. */
    private static List<Scored> simplerFirst(List<Scored> ranked, Direction direction, double noise) {
        Scored first = ranked.getFirst();
        if (first.contender().kind() != Kind.ENSEMBLE) {
            return ranked;
        }
        return ranked.stream().filter(scored -> scored.contender().kind() != Kind.ENSEMBLE).findFirst()
                .filter(single -> direction.loss(single.mean()) - direction.loss(first.mean()) <= noise)
                .map(single -> ranked.stream().sorted(Comparator.comparing(scored -> scored != single)).toList())
                .orElse(ranked);
    }

    private static double probabilityBest(List<Scored> order, Direction direction, RandomSource random) {
        int seeds = order.getFirst().scores().size();
        RandomGenerator draws = random.stream("bootstrap");
        int wins = 0;
        for (int resample = 0; resample < RESAMPLES; resample++) {
            int[] picks = draws.ints(seeds, 0, seeds).toArray();
            double winner = loss(order.getFirst(), picks, direction);
            wins += order.stream().skip(1).allMatch(other -> winner <= loss(other, picks, direction)) ? 1 : 0;
        }
        return wins / (double) RESAMPLES;
    }

    private static double loss(Scored scored, int[] picks, Direction direction) {
        return IntStream.of(picks).mapToDouble(pick -> direction.loss(scored.scores().get(pick))).sum();
    }

    private static String verdict(Scored winner, double gain, double noise, boolean better) {
        String name = winner.contender().name();
        if (winner.contender().kind() == Kind.DEFAULT) {
            return "The default configuration is the best contender: the search found nothing better.";
        }
        return better
                ? String.format(Locale.ROOT, "%s beats the default by %.4f on fresh seeds, more than the noise floor of %.4f.", name, gain, noise)
                : String.format(Locale.ROOT, "%s is no better than the default: the difference of %.4f is within the noise floor of %.4f.", name, gain, noise);
    }
}
