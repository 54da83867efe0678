/**
 * The only truth: one adapter for each store port, on PostgreSQL. Domain records are kept as jsonb through {@link io.tunesmith.postgres.Json};
 * columns beside them exist only where a query or a conditional update needs them. Terminal states are guarded by the one statement that
 * writes them. Instants keep microseconds.
 */
package io.tunesmith.postgres;
