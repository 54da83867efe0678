package io.tunesmith.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tunesmith.core.RunId;
import java.util.regex.Pattern;

/**
 * Names one attempt everywhere (folder, job name, label, token): {@code ts-<26 of the run>-<work>-a<n>}, at most 63 of [a-z0-9-].
 * The work is {@code t<number>} for a trial, or another short word such as {@code profile} or {@code evaluate}.
 */
public record AttemptKey(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    @JsonCreator
    public AttemptKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an attempt key: \"" + value + "\"");
        }
    }

    /** The key of the {@code n}-th attempt (from 1) at this piece of work of the run. */
    public static AttemptKey of(RunId run, String work, int n) {
        return new AttemptKey("ts-" + run.value().substring("run_".length()) + "-" + work + "-a" + n);
    }

    @Override
    public String toString() {
        return value;
    }
}
