package io.tunesmith.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a tabular model predicts. */
public enum TaskKind {
    BINARY,
    MULTICLASS,
    REGRESSION;

    public boolean classes() {
        return this != REGRESSION;
    }

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
