package io.tunesmith.trainer.agent;

/** Ends the work at once, for a reason that is not the work's own. */
public sealed class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StoppedException(String message) {
        super(message);
    }

    /** Another incarnation holds the attempt: write nothing more. */
    public static final class Fenced extends StoppedException {
        private static final long serialVersionUID = 1L;

        public Fenced(String message) {
            super(message);
        }
    }

    /** TERM was received and a checkpoint is written. */
    public static final class Terminated extends StoppedException {
        private static final long serialVersionUID = 1L;

        public Terminated() {
            super("TERM was received");
        }
    }

    /** The process holds more memory than it may. */
    public static final class OverMemory extends StoppedException {
        private static final long serialVersionUID = 1L;

        public OverMemory(long used, long allowed) {
            super("the process holds " + (used >> 20) + " MiB, allowed are " + (allowed >> 20) + " MiB");
        }
    }

    /** A score is not a number, or infinite. */
    public static final class NotFinite extends StoppedException {
        private static final long serialVersionUID = 1L;

        public NotFinite(String name, double value, long step) {
            super(name + " is " + value + " at step " + step);
        }
    }

    /** An input is not what its digest says. */
    public static final class CorruptInput extends StoppedException {
        private static final long serialVersionUID = 1L;

        public CorruptInput(String role) {
            super("input \"" + role + "\" is not what its digest says");
        }
    }
}
