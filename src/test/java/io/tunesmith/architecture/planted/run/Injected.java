package io.tunesmith.architecture.planted.run;

import jakarta.inject.Inject;
import java.time.Clock;

/** Planted: a value that comes in by a field. */
final class Injected {
    @Inject
    Clock clock;
}
