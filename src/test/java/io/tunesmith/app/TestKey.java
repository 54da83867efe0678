package io.tunesmith.app;

import java.util.Optional;

/** A key for tests. */
public final class TestKey {
    private TestKey() {}

    /** Makes the local key anew and returns it. */
    public static String of(StoredKeys keys) {
        return keys.open(Optional.empty()).value();
    }
}
