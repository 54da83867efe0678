package io.tunesmith.model.predict;

import io.tunesmith.model.Learner;
import io.tunesmith.model.Matrix;

/** A fitted booster, ready to score rows. Holds native memory until closed; not thread-safe. */
public interface Member extends AutoCloseable {
    /** Raw scores, row-major, {@code rows ×} 1 or × classes; a {@link io.tunesmith.model.Link} makes predictions of them. */
    double[] raw(Matrix features);

    @Override
    void close();

    /** Loads a member's native file. */
    static Member load(Learner learner, byte[] file, int threads) {
        return switch (learner) {
            case XGBOOST, LINEAR -> XgboostMember.load(file, threads);
            case LIGHTGBM -> LightgbmMember.load(file, threads);
        };
    }
}
