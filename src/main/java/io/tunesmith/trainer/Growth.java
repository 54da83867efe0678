package io.tunesmith.trainer;

import io.tunesmith.model.Matrix;
import io.tunesmith.model.Predictions;
import java.util.Optional;

/** A booster that grows round by round beside rows that it does not learn from. Holds native memory until closed; not thread-safe. */
interface Growth extends AutoCloseable {
    /** One round more. @return false if the learner finds nothing more to learn */
    boolean grow();

    /** Predictions for the rows beside, after the rounds so far. */
    Predictions beside();

    /** The booster as its native file. */
    byte[] file();

    /** What {@link #restore} needs to go on exactly from here; empty where only the same rounds again lead here. */
    Optional<byte[]> state();

    /** Of a booster before its first round: goes on from a state that the same booster had after so many rounds. */
    void restore(byte[] state, int rounds);

    @Override
    void close();

    /**
     * A booster before its first round.
     *
     * @param beside features in the same encoding as the part's
     * @param seed the only randomness
     */
    static Growth begin(Settings settings, Objective objective, Part part, Matrix beside, long seed, int threads) {
        int whole = (int) ((seed ^ (seed >>> 32)) & Integer.MAX_VALUE);
        return switch (settings.learner()) {
            case XGBOOST, LINEAR -> new XgboostGrowth(settings, objective, part, beside, whole, threads);
            case LIGHTGBM -> new LightgbmGrowth(settings, objective, part, beside, whole, threads);
        };
    }
}
