package io.tunesmith.contract;

/**
 * Options of {@link Operation#PROFILE}.
 *
 * @param format csv or parquet
 */
public record ProfileOptions(String format) {}
