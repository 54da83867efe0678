package io.tunesmith.api.rest;

import java.util.List;
import java.util.Optional;

/** Which keys open the API. Thread-safe. */
public interface ApiKeys {

    /** Whether any key is asked for at all; false only where the operator said so. Answers at once (it is asked on the event loop). */
    boolean required();

    /** What this key opens; empty if it is none of them. Answers at once. */
    Optional<KeyScope> scope(String key);

    KeyView.Made make(String label, KeyScope scope);

    /** Oldest first. */
    List<KeyView> list();

    /** @return false if there is none of this id. The service's own key fails with {@code REFUSED} */
    boolean revoke(String id);
}
