package io.tunesmith.model.predict;

import io.tunesmith.model.Matrix;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** A booster of XGBoost, trees or linear. */
public final class XgboostMember implements Member {
    private final Booster booster;

    private XgboostMember(Booster booster) {
        this.booster = booster;
    }

    static XgboostMember load(byte[] file, int threads) {
        try {
            Booster booster = XGBoost.loadModel(file);
            booster.setParams(Map.of("nthread", threads, "verbosity", 0));
            return new XgboostMember(booster);
        } catch (XGBoostError | java.io.IOException e) {
            throw new IllegalStateException("XGBoost cannot load the model: " + e.getMessage(), e);
        }
    }

    @Override
    public double[] raw(Matrix features) {
        try {
            DMatrix data = matrix(features);
            try {
                return flat(booster.predict(data, true));
            } finally {
                data.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost cannot predict: " + e.getMessage(), e);
        }
    }

    /** The features as XGBoost's matrix, categorical columns marked as such. The caller disposes of it. */
    public static DMatrix matrix(Matrix features) throws XGBoostError {
        DMatrix matrix = new DMatrix(features.values(), features.rows(), features.columns(), Float.NaN);
        matrix.setFeatureTypes(features.categorical().stream().map(categorical -> categorical ? "c" : "float").toArray(String[]::new));
        return matrix;
    }

    /** Row-major doubles of XGBoost's rows. */
    public static double[] flat(float[][] rows) {
        int width = rows.length == 0 ? 1 : rows[0].length;
        double[] values = new double[rows.length * width];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < width; column++) {
                values[row * width + column] = rows[row][column];
            }
        }
        return values;
    }

    @Override
    public void close() {
        booster.dispose();
    }
}
