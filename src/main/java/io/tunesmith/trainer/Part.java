package io.tunesmith.trainer;

import io.tunesmith.model.Matrix;
import io.tunesmith.model.Truth;

/** Rows to learn from, encoded for one learner. @param weights averaging to 1 */
record Part(Matrix features, float[] labels, float[] weights) {
    static Part of(Matrix features, Truth truth, Objective objective, boolean balanced) {
        return new Part(features, objective.labels(truth), objective.weights(truth, balanced));
    }
}
