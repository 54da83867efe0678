package io.tunesmith.api.rest;

import io.tunesmith.run.Allowance;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which keys open the API. Thread-safe. */
public interface ApiKeys {

    /**
     * What opened.
     *
     * @param id of the key, or of the person
     * @param until when it opens no more; empty: until it is revoked
     */
    record Opened(String id, Caller caller, Allowance allowance, Optional<Instant> until) {}

    /** Whether any key is asked for at all; false only where the operator said so. Answers at once (it is asked on the event loop). */
    boolean required();

    /** What this key opens; empty if it is none of them, or has expired. Answers at once. */
    Optional<Opened> open(String key);

    /** For a key that opens nothing: until when it did, if its end is why; it is told to nobody but who has the key. Answers at once. */
    Optional<Instant> ended(String key);

    /** Whether what was opened is open still: a revoked key is not, within seconds on every service of a database. Answers at once. */
    boolean stands(Opened opened);

    KeyView.Made make(KeyView.Wanted wanted);

    /** With the usual limits and no end. */
    default KeyView.Made make(String label, Scope scope) {
        return make(new KeyView.Wanted(Optional.of(label), Optional.of(scope.wire()), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** Oldest first. */
    List<KeyView> list();

    /** @return false if there is none of this id. The service's own key fails with {@code REFUSED} */
    boolean revoke(String id);
}
