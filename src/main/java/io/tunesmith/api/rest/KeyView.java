package io.tunesmith.api.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.run.Allowance;
import io.tunesmith.run.Scope;
import java.time.Instant;
import java.util.Optional;

/**
 * A key, without what opens: that is shown once, when it is made.
 *
 * @param opens the id of the key whose objects it opens; absent: its own
 * @param expires absent: never
 * @param limits those that were set for it; the others are the service's
 */
public record KeyView(String id, String label, String scope, @JsonProperty("for") Optional<String> opens, Instant made, Optional<Instant> expires, Allowance limits) {

    /** A new key. @param key shown this once */
    public record Made(String id, String label, String scope, @JsonProperty("for") Optional<String> opens, Optional<Instant> expires, String key) {
        @Override
        public String toString() {
            return "Made[" + id + "]";
        }
    }

    /**
     * The wish for one.
     *
     * @param label absent: empty
     * @param scope absent: run
     * @param opens the id of a key whose objects it shall open; absent: its own
     * @param expiresDays absent: it does not expire
     * @param limits where they differ from the service's
     */
    public record Wanted(Optional<String> label, Optional<String> scope, @JsonProperty("for") Optional<String> opens, Optional<Integer> expiresDays, Optional<Allowance> limits) {
        private static final int LONGEST_LABEL = 100;
        private static final int LONGEST_DAYS = 3650;

        String name() {
            String name = label.orElse("").strip();
            if (name.length() > LONGEST_LABEL || name.chars().anyMatch(Character::isISOControl)) {
                throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "label", "the label has " + name.length() + " characters, or control characters").allowed("at most " + LONGEST_LABEL + ", printable").asException();
            }
            return name;
        }

        /** Checked: every refusal names the field, the value and what is allowed. */
        public Wanted checked() {
            expiresDays.filter(days -> days < 1 || days > LONGEST_DAYS).ifPresent(days -> refuse("expires_days", days, "1 to " + LONGEST_DAYS));
            Allowance wished = limits.orElse(Allowance.NONE_SAID);
            wished.requestsPerMinute().filter(limit -> limit < 1 || limit > 1_000_000).ifPresent(limit -> refuse("limits.requests_per_minute", limit, "1 to 1000000"));
            wished.concurrentRuns().filter(limit -> limit < 1 || limit > 100_000).ifPresent(limit -> refuse("limits.concurrent_runs", limit, "1 to 100000"));
            wished.queuedRuns().filter(limit -> limit < 0 || limit > 100_000).ifPresent(limit -> refuse("limits.queued_runs", limit, "0 to 100000"));
            wished.uploadBytesPerDay().filter(limit -> limit < 0).ifPresent(limit -> refuse("limits.upload_bytes_per_day", limit, "0 or more"));
            wished.tokensPerDay().filter(limit -> limit < 0).ifPresent(limit -> refuse("limits.tokens_per_day", limit, "0 or more"));
            return new Wanted(Optional.of(name()), Optional.of(scope.map(Scope::of).orElse(Scope.RUN).wire()), opens, expiresDays, Optional.of(wished));
        }

        private static void refuse(String field, long value, String allowed) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, value + " is out of range").allowed(allowed).asException();
        }
    }
}
