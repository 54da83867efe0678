package io.tunesmith.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Arrays;
import java.util.Locale;

/** What fits a member of a model. */
public enum Learner {
    /** Gradient-boosted trees, XGBoost. */
    XGBOOST(".ubj"),
    /** Gradient-boosted trees, LightGBM; needs libgomp on the machine. */
    LIGHTGBM(".txt"),
    /** A regularised linear model: XGBoost's gblinear, by cyclic coordinate descent. */
    LINEAR(".ubj");

    private final String suffix;

    Learner(String suffix) {
        this.suffix = suffix;
    }

    /** How the member's native file ends. */
    public String suffix() {
        return suffix;
    }

    /** The encoding of features that the learner reads. */
    public Matrix encode(Preprocessing preprocessing, Columns columns, int[] rows) {
        return this == LINEAR ? preprocessing.linear(columns, rows) : preprocessing.trees(columns, rows);
    }

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The learner of this wire name. */
    @JsonCreator
    public static Learner named(String wire) {
        return Arrays.stream(values()).filter(learner -> learner.wire().equals(wire)).findFirst()
                .orElseThrow(() -> Failure.BadRequest.of(FailureCode.UNSUPPORTED, "learner", "there is no learner \"" + wire + "\"")
                        .allowed("xgboost, lightgbm, linear").asException());
    }
}
