package io.tunesmith.model.onnx;

/** A linear model: raw score of output c = bias[c] + Σ x[f] · weights[f · outputs + c]. */
public record Linear(int features, int outputs, float[] weights, float[] bias) {}
