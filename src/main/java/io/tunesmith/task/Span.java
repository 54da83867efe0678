package io.tunesmith.task;

/** A stretch of the plain text, {@code start} inclusive, {@code end} exclusive. */
record Span(int start, int end) {
    boolean overlaps(Span other) {
        return start < other.end && other.start < end;
    }
}
