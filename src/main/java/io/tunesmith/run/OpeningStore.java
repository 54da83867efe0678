package io.tunesmith.run;

import io.tunesmith.core.RunId;
import io.tunesmith.judge.Opening;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The record of sealed tests opened. Thread-safe. */
public interface OpeningStore {

    /**
     * Records the opening before the sealed part is decrypted. The same run with the same frozen list gets its first opening again (a retry);
     * with another list it is refused ({@code REFUSED}).
     */
    Opening open(RunId run, String data, String rule, List<Opening.Frozen> frozen, Instant at);

    Optional<Opening> of(RunId run);
}
