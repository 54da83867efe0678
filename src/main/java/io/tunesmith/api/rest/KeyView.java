package io.tunesmith.api.rest;

import java.time.Instant;

/** A key, without what opens: that is shown once, when it is made. */
public record KeyView(String id, String label, String scope, Instant made) {

    /** A new key. @param key shown this once */
    public record Made(String id, String label, String scope, String key) {
        @Override
        public String toString() {
            return "Made[" + id + "]";
        }
    }

    /** The wish for one. Absent: the label is empty, the scope is run. */
    public record Wanted(java.util.Optional<String> label, java.util.Optional<String> scope) {}
}
