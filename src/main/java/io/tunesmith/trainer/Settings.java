package io.tunesmith.trainer;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.model.Learner;
import java.util.Map;

/**
 * A configuration of the recipe: the learner, what is common to all, and the learner's hyperparameters, each named
 * {@code <learner>_<name>}. An absent key has its default; keys of other learners and unknown ones are ignored.
 */
record Settings(Learner learner, Map<String, Object> config) {
    /** The largest number of boosting rounds that a configuration may ask for. */
    static final int MOST_ROUNDS = 10_000;

    static Settings of(Map<String, Object> config) {
        return new Settings(Learner.named(String.valueOf(config.getOrDefault("learner", "xgboost"))), config);
    }

    /** Whether rows are weighted so that every class weighs the same. */
    boolean balanced() {
        String balance = String.valueOf(config.getOrDefault("class_balance", "none"));
        if (!balance.equals("none") && !balance.equals("balanced")) {
            throw bad("class_balance", balance, "none, balanced");
        }
        return balance.equals("balanced");
    }

    /** Boosting rounds at which training ends if early stopping does not end it before. */
    int maxRounds() {
        return whole("max_rounds", 500, 1, MOST_ROUNDS);
    }

    double real(String name, double absent, double low, double high) {
        Object value = config.getOrDefault(key(name), absent);
        if (value instanceof Number number && number.doubleValue() >= low && number.doubleValue() <= high) {
            return number.doubleValue();
        }
        throw bad(key(name), value, "a number from " + low + " to " + high);
    }

    int whole(String name, int absent, int low, int high) {
        double value = real(name, absent, low, high);
        if (value != Math.rint(value)) {
            throw bad(key(name), value, "a whole number");
        }
        return (int) value;
    }

    private String key(String name) {
        return learner.wire() + "_" + name;
    }

    private static RuntimeException bad(String key, Object value, String allowed) {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, key, "hyperparameter " + key + " is " + value).allowed(allowed).asException();
    }
}
