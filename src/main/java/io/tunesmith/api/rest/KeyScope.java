package io.tunesmith.api.rest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Locale;

/** What a key opens. */
public enum KeyScope {
    /** Every call. */
    ALL,
    /** The calls of agents and nothing else. */
    AGENT;

    private static final String AGENTS = "/api/v1/agents";

    boolean opens(String path) {
        return switch (this) {
            case ALL -> true;
            case AGENT -> path.equals(AGENTS) || path.startsWith(AGENTS + "/");
        };
    }

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static KeyScope of(String word) {
        for (KeyScope scope : values()) {
            if (scope.wire().equals(word)) {
                return scope;
            }
        }
        throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "scope", "there is no scope \"" + word + "\"").allowed("agent, all").asException();
    }
}
