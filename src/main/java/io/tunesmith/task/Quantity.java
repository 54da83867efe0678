package io.tunesmith.task;

/**
 * A number with its unit, as found in the plain text.
 *
 * @param value in the unit's base: seconds, bytes, operations, dollars, per second, a fraction for percent; a bare number as it is
 * @param fine whether it was told in milliseconds or less
 */
record Quantity(int start, int end, double value, Unit unit, boolean fine) {

    enum Unit { SECONDS, GPU_SECONDS, PER_SECOND, BYTES, FLOPS, PARAMETERS, TRIALS, TOKENS, DOLLARS, OTHER_MONEY, PERCENT, RATIO, NONE }

    Span span() {
        return new Span(start, end);
    }

    Quantity until(int newEnd, double newValue) {
        return new Quantity(start, newEnd, newValue, unit, fine);
    }
}
