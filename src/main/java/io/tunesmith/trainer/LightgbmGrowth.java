package io.tunesmith.trainer;

import io.github.metarank.lightgbm4j.LGBMBooster.FeatureImportanceType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.model.Matrix;
import io.tunesmith.model.Predictions;
import io.tunesmith.model.predict.LightgbmMember;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Grows trees with LightGBM, in its deterministic mode. Its model file does not hold where its random numbers for rows and features are: continued
 * from the file, LightGBM 4.3 gives other trees wherever it draws some. So it goes on by growing the same rounds again, unscored and unreported.
 */
final class LightgbmGrowth implements Growth {
    private final Objective objective;
    private final LGBMDataset train;
    private final LGBMDataset beside;
    private final LGBMBooster booster;
    private final int rowsBeside;

    LightgbmGrowth(Settings settings, Objective objective, Part part, Matrix beside, int seed, int threads) {
        if (!LightgbmMember.available()) {
            throw Failure.BadRequest.of(FailureCode.UNSUPPORTED, "learner", "LightGBM does not load on this machine")
                    .allowed("xgboost, linear").hint("install libgomp (Debian: libgomp1)").asException();
        }
        this.objective = objective;
        this.rowsBeside = beside.rows();
        String parameters = parameters(settings, objective, part.features(), seed, threads);
        try {
            this.train = dataset(part.features(), part.labels(), parameters, null);
            train.setField("weight", part.weights());
            this.booster = LGBMBooster.create(train, parameters);
            this.beside = dataset(beside, new float[beside.rows()], parameters, train);
            booster.addValidData(this.beside);
        } catch (LGBMException e) {
            throw new IllegalStateException("LightGBM: " + e.getMessage(), e);
        }
    }

    private static LGBMDataset dataset(Matrix matrix, float[] labels, String parameters, LGBMDataset reference) throws LGBMException {
        LGBMDataset dataset = LGBMDataset.createFromMat(matrix.values(), matrix.rows(), matrix.columns(), true, parameters, reference);
        dataset.setField("label", labels);
        return dataset;
    }

    private static String parameters(Settings settings, Objective objective, Matrix features, int seed, int threads) {
        String loss = switch (objective.loss()) {
            case LOGISTIC -> "objective=binary";
            case SOFTMAX -> "objective=multiclass num_class=" + objective.outputs();
            case SQUARED -> "objective=regression";
            case ABSOLUTE -> "objective=regression_l1";
        };
        double bagging = settings.real("bagging_fraction", 1, 0.05, 1);
        int leaf = settings.whole("min_data_in_leaf", 20, 1, 100_000);
        String categorical = IntStream.range(0, features.columns()).filter(features.categorical()::get).mapToObj(Integer::toString).collect(Collectors.joining(","));
        return String.join(" ", loss,
                "learning_rate=" + settings.real("learning_rate", 0.1, 1e-4, 1), "num_leaves=" + settings.whole("num_leaves", 31, 2, 4096),
                "min_data_in_leaf=" + leaf, "min_data_per_group=" + leaf, "feature_fraction=" + settings.real("feature_fraction", 1, 0.05, 1),
                "bagging_fraction=" + bagging, "bagging_freq=" + (bagging < 1 ? 1 : 0), "lambda_l1=" + settings.real("lambda_l1", 1e-4, 0, 1e6),
                "lambda_l2=" + settings.real("lambda_l2", 1e-4, 0, 1e6), "seed=" + seed, "num_threads=" + threads,
                "deterministic=true force_row_wise=true feature_pre_filter=false metric=none verbosity=-1",
                categorical.isEmpty() ? "" : "categorical_feature=" + categorical);
    }

    @Override
    public boolean grow() {
        try {
            return !booster.updateOneIter();
        } catch (LGBMException e) {
            throw new IllegalStateException("LightGBM: " + e.getMessage(), e);
        }
    }

    /** LightGBM keeps these scores itself, class by class and for classes already as probabilities. */
    @Override
    public Predictions beside() {
        try {
            double[] kept = booster.getPredict(1);
            return switch (objective.loss()) {
                case SQUARED, ABSOLUTE -> objective.link().apply(kept, rowsBeside);
                case LOGISTIC -> twoColumns(kept);
                case SOFTMAX -> rowMajor(kept);
            };
        } catch (LGBMException e) {
            throw new IllegalStateException("LightGBM: " + e.getMessage(), e);
        }
    }

    private Predictions twoColumns(double[] second) {
        double[] values = new double[2 * rowsBeside];
        for (int row = 0; row < rowsBeside; row++) {
            values[2 * row] = 1 - second[row];
            values[2 * row + 1] = second[row];
        }
        return new Predictions(values, rowsBeside, 2);
    }

    private Predictions rowMajor(double[] byClass) {
        int classes = objective.outputs();
        double[] values = new double[byClass.length];
        for (int row = 0; row < rowsBeside; row++) {
            for (int label = 0; label < classes; label++) {
                values[row * classes + label] = byClass[label * rowsBeside + row];
            }
        }
        return new Predictions(values, rowsBeside, classes);
    }

    @Override
    public byte[] file() {
        try {
            return booster.saveModelToString(0, -1, FeatureImportanceType.SPLIT).getBytes(StandardCharsets.UTF_8);
        } catch (LGBMException e) {
            throw new IllegalStateException("LightGBM: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<byte[]> state() {
        return Optional.empty();
    }

    @Override
    public void restore(byte[] state, int rounds) {
        throw new IllegalStateException("LightGBM goes on by growing the same rounds again");
    }

    @Override
    public void close() {
        try {
            booster.close();
            train.close();
            beside.close();
        } catch (LGBMException e) {
            throw new IllegalStateException("LightGBM: " + e.getMessage(), e);
        }
    }
}
