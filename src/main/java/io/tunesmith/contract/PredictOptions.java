package io.tunesmith.contract;

/**
 * Options of {@link Operation#PREDICT}.
 *
 * @param format csv or parquet, of input {@code data}
 */
public record PredictOptions(String format) {}
