package io.tunesmith.bench.simulation;

/** The service that runs dies here: no code of its may see it, so it is an error. */
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(String where) {
        super(where, null, false, false);
    }
}
