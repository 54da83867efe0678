package io.tunesmith.trainer;

import io.tunesmith.model.Learner;
import io.tunesmith.model.Matrix;
import io.tunesmith.model.Predictions;
import io.tunesmith.model.predict.XgboostMember;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Grows trees (histogram method) or a linear booster (cyclic coordinate descent) with XGBoost; both are deterministic for a thread count. */
final class XgboostGrowth implements Growth {
    private final Objective objective;
    private final DMatrix train;
    private final DMatrix beside;
    private final int rowsBeside;
    private final Map<String, Object> parameters;
    private Booster booster;
    private int round;

    XgboostGrowth(Settings settings, Objective objective, Part part, Matrix beside, int seed, int threads) {
        this.objective = objective;
        this.rowsBeside = beside.rows();
        this.parameters = parameters(settings, objective, seed, threads);
        try {
            this.train = XgboostMember.matrix(part.features());
            train.setLabel(part.labels());
            train.setWeight(part.weights());
            this.beside = XgboostMember.matrix(beside);
            this.booster = XGBoost.train(train, parameters, 0, Map.of("beside", this.beside), null, null);
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> parameters(Settings settings, Objective objective, int seed, int threads) {
        Map<String, Object> parameters = common(objective, seed, threads);
        parameters.putAll(settings.learner() == Learner.LINEAR ? linear(settings) : trees(settings));
        if (settings.learner() == Learner.LINEAR && objective.loss() == Objective.Loss.ABSOLUTE) {
            parameters.put("objective", "reg:squarederror");
        }
        return parameters;
    }

    private static Map<String, Object> common(Objective objective, int seed, int threads) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("objective", switch (objective.loss()) {
            case LOGISTIC -> "binary:logistic";
            case SOFTMAX -> "multi:softprob";
            case SQUARED -> "reg:squarederror";
            case ABSOLUTE -> "reg:absoluteerror";
        });
        parameters.put("base_score", switch (objective.loss()) {
            case LOGISTIC -> objective.start();
            case SOFTMAX -> 0.5;
            case SQUARED, ABSOLUTE -> 0.0;
        });
        if (objective.loss() == Objective.Loss.SOFTMAX) {
            parameters.put("num_class", objective.outputs());
        }
        parameters.put("seed", seed);
        parameters.put("seed_per_iteration", true);
        parameters.put("nthread", threads);
        parameters.put("verbosity", 0);
        return parameters;
    }

    private static Map<String, Object> trees(Settings settings) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("booster", "gbtree");
        parameters.put("tree_method", "hist");
        parameters.put("eta", settings.real("learning_rate", 0.1, 1e-4, 1));
        parameters.put("max_depth", settings.whole("max_depth", 6, 1, 16));
        parameters.put("min_child_weight", settings.real("min_child_weight", 1, 0, 1e6));
        parameters.put("subsample", settings.real("subsample", 1, 0.05, 1));
        parameters.put("colsample_bytree", settings.real("colsample_bytree", 1, 0.05, 1));
        parameters.put("lambda", settings.real("reg_lambda", 1, 0, 1e6));
        parameters.put("alpha", settings.real("reg_alpha", 1e-4, 0, 1e6));
        parameters.put("gamma", settings.real("gamma", 1e-4, 0, 1e6));
        parameters.put("max_bin", settings.whole("max_bin", 256, 2, 1024));
        return parameters;
    }

    private static Map<String, Object> linear(Settings settings) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("booster", "gblinear");
        parameters.put("updater", "coord_descent");
        parameters.put("feature_selector", "cyclic");
        parameters.put("eta", settings.real("learning_rate", 0.5, 1e-4, 1));
        parameters.put("lambda", settings.real("l2", 1e-3, 0, 1e6));
        parameters.put("alpha", settings.real("l1", 1e-6, 0, 1e6));
        return parameters;
    }

    @Override
    public boolean grow() {
        try {
            booster.update(train, round++);
            return true;
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    @Override
    public Predictions beside() {
        try {
            return objective.link().apply(XgboostMember.flat(booster.predict(beside, true)), rowsBeside);
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] file() {
        try {
            return booster.toByteArray("ubj");
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<byte[]> state() {
        return Optional.of(file());
    }

    /** The model has its own base score. Random numbers come from the seed and the round, so that no more is needed. */
    @Override
    public void restore(byte[] state, int rounds) {
        Map<String, Object> remaining = new LinkedHashMap<>(parameters);
        remaining.remove("base_score");
        try {
            Booster restored = XGBoost.loadModel(state);
            restored.setParams(remaining);
            booster.dispose();
            booster = restored;
            round = rounds;
        } catch (XGBoostError | IOException e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        booster.dispose();
        train.dispose();
        beside.dispose();
    }
}
