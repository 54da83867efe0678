package io.tunesmith.run;

import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.util.Set;

/** Failures that say nothing about the run: the service that walks it cannot go on, another, or a later walk, can. */
final class Interruption {
    private static final Set<FailureCode> CODES = Set.of(FailureCode.NOT_LEADER, FailureCode.STORE_UNAVAILABLE);

    private Interruption() {}

    static boolean is(FailureException e) {
        return CODES.contains(e.failure().code());
    }
}
