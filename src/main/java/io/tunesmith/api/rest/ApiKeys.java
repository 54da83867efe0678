package io.tunesmith.api.rest;

import io.tunesmith.run.Caller;
import io.tunesmith.run.Scope;
import java.util.List;
import java.util.Optional;

/** Which keys open the API. Thread-safe. */
public interface ApiKeys {

    /** Whether any key is asked for at all; false only where the operator said so. Answers at once (it is asked on the event loop). */
    boolean required();

    /** Who calls with this key; empty if it is none of them. Answers at once. */
    Optional<Caller> caller(String key);

    KeyView.Made make(String label, Scope scope);

    /** Oldest first. */
    List<KeyView> list();

    /** @return false if there is none of this id. The service's own key fails with {@code REFUSED} */
    boolean revoke(String id);
}
