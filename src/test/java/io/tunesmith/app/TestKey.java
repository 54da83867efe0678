package io.tunesmith.app;

import io.tunesmith.api.rest.KeyView;
import io.tunesmith.run.Allowance;
import java.util.Optional;

/** Keys for tests. */
public final class TestKey {
    private static final Allowance PLENTY = new Allowance(Optional.of(1_000_000), Optional.of(100_000), Optional.of(100_000), Optional.of(1L << 40), Optional.of(1L << 40));

    private TestKey() {}

    /** Makes the local key anew and returns it. */
    public static String of(StoredKeys keys) {
        return keys.open(Optional.empty()).value();
    }

    /** A key that may ask as often as a test does. */
    public static String plenty(StoredKeys keys, String label, String scope) {
        return keys.make(new KeyView.Wanted(Optional.of(label), Optional.of(scope), Optional.empty(), Optional.empty(), Optional.of(PLENTY))).key();
    }
}
