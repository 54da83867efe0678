/** On what: references to data, a target-free profile of it, the split rule that seals a test part. Reading happens in {@code data.duckdb}, in a child process. */
package io.tunesmith.data;
