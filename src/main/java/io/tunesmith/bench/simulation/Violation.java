package io.tunesmith.bench.simulation;

/** A promise of dispatch that was broken. An error, so that nothing on its way takes it for a failure that may be tried again. */
final class Violation extends Error {
    private static final long serialVersionUID = 1L;

    Violation(String what) {
        super(what);
    }

    static void unless(boolean holds, String what, Object... arguments) {
        if (!holds) {
            throw new Violation(what.formatted(arguments));
        }
    }
}
