package io.tunesmith.agent;

import java.util.Optional;

/** Ends the agent: something that waiting does not mend. */
final class AgentFailure extends Exception {
    static final int USAGE = 2;
    static final int AUTH = 4;
    static final int REFUSED = 7;
    private static final long serialVersionUID = 1L;
    private final int exitCode;
    private final transient Optional<String> hint;

    AgentFailure(int exitCode, String message, Optional<String> hint) {
        super(message);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    int exitCode() {
        return exitCode;
    }

    Optional<String> hint() {
        return hint;
    }
}
