/**
 * Tables, preprocessing, scores, ensembles and the model folder: what training and prediction share. Pure Java and JSON here; native
 * libraries load only in {@code model.booster} and {@code model.onnx}, and DuckDB only in {@link io.tunesmith.model.ParquetTable}, all in
 * child processes.
 */
package io.tunesmith.model;
