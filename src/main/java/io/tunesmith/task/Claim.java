package io.tunesmith.task;

/** What one place of the text says about a field. */
record Claim<T>(T value, int start, int end) {}
