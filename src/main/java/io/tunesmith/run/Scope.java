package io.tunesmith.run;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Locale;

/** What a caller may do. Each of the first three includes the ones before it. */
public enum Scope {
    /** Look at what is one's own. */
    READ,
    /** Start, change and end what is one's own. */
    RUN,
    /** Everything, also what is another's: keys, backends, backups. */
    ADMIN,
    /** The calls of agents and nothing else. */
    AGENT;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Scope of(String word) {
        for (Scope scope : values()) {
            if (scope.wire().equals(word)) {
                return scope;
            }
        }
        throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "scope", "there is no scope \"" + word + "\"").allowed("read, run, admin, agent").asException();
    }
}
