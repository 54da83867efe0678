package io.tunesmith.plan;

import io.tunesmith.space.Condition;
import io.tunesmith.space.Parameter;
import io.tunesmith.space.Parameter.Real;
import io.tunesmith.space.Parameter.Scale;
import io.tunesmith.space.Parameter.Whole;
import java.util.List;
import java.util.Locale;

/** The learners of the tabular recipe, each with its part of the search space. Names and meanings of the parameters are the trainer's. */
enum Learner {
    XGBOOST("boosted trees (XGBoost)"),
    LIGHTGBM("boosted trees (LightGBM)"),
    LINEAR("regularised linear model");

    /** The categorical parameter that chooses the learner. */
    static final String PARAMETER = "learner";

    private final String title;

    Learner(String title) {
        this.title = title;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    List<Parameter> parameters() {
        return switch (this) {
            case XGBOOST -> List.of(
                    real("xgboost_learning_rate", 0.01, 0.3, Scale.LOG, 0.1),
                    whole("xgboost_max_depth", 2, 10, Scale.LINEAR, 6),
                    real("xgboost_min_child_weight", 0.1, 20, Scale.LOG, 1),
                    real("xgboost_subsample", 0.5, 1, Scale.LINEAR, 1),
                    real("xgboost_colsample_bytree", 0.3, 1, Scale.LINEAR, 1),
                    real("xgboost_reg_lambda", 0.001, 50, Scale.LOG, 1),
                    real("xgboost_gamma", 0.0001, 5, Scale.LOG, 0.0001));
            case LIGHTGBM -> List.of(
                    real("lightgbm_learning_rate", 0.01, 0.3, Scale.LOG, 0.1),
                    whole("lightgbm_num_leaves", 4, 128, Scale.LOG, 31),
                    whole("lightgbm_min_data_in_leaf", 2, 100, Scale.LOG, 20),
                    real("lightgbm_feature_fraction", 0.3, 1, Scale.LINEAR, 1),
                    real("lightgbm_bagging_fraction", 0.5, 1, Scale.LINEAR, 1),
                    real("lightgbm_lambda_l2", 0.0001, 50, Scale.LOG, 0.0001));
            case LINEAR -> List.of(
                    real("linear_l2", 0.000001, 1, Scale.LOG, 0.001),
                    real("linear_l1", 0.000001, 0.1, Scale.LOG, 0.000001),
                    real("linear_learning_rate", 0.05, 1, Scale.LOG, 0.5));
        };
    }

    private Parameter real(String name, double low, double high, Scale scale, double byDefault) {
        return new Real(name, low, high, scale, byDefault, chosen());
    }

    private Parameter whole(String name, long low, long high, Scale scale, long byDefault) {
        return new Whole(name, low, high, 1, scale, byDefault, chosen());
    }

    private Condition chosen() {
        return new Condition.Equals(PARAMETER, wire());
    }
}
