package io.tunesmith.batch;

/** How a line ended. */
public sealed interface LineAnswer {

    /** Whether it goes to the output and not to the errors. */
    boolean good();

    /**
     * It was answered as the endpoint answers.
     *
     * @param status of HTTP
     * @param body JSON
     */
    record Response(int status, String body) implements LineAnswer {
        @Override
        public boolean good() {
            return status < 400;
        }
    }

    /** It never ran to an answer: {@code batch_expired}, {@code batch_cancelled}, {@code budget_exceeded}. */
    record NeverRan(String code, String message) implements LineAnswer {
        @Override
        public boolean good() {
            return false;
        }
    }
}
