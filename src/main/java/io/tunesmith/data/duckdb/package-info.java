/**
 * Reads tables: a target-free profile through DuckDB, and the split into a train and a sealed part. Loads a native library, so it runs in a
 * child process only; the database may read the data's own folder and nothing else. Data are text until proven otherwise.
 */
package io.tunesmith.data.duckdb;
