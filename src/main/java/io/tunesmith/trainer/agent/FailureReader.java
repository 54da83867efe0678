package io.tunesmith.trainer.agent;

import io.tunesmith.contract.Advice;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureException;
import java.util.Optional;

/** Reads what was thrown as the cause and the one sentence that the attempt reports; the stack trace belongs in the log only. */
final class FailureReader {
    private static final int LONGEST = 500;

    private FailureReader() {}

    /** @param message for a person; for DATA it is written for the user */
    record Reading(FailureCause cause, String message, Optional<Advice> advice) {
        Reading(FailureCause cause, String message) {
            this(cause, message, Optional.empty());
        }
    }

    static Reading read(Throwable thrown) {
        if (mentions(thrown, "No space left")) {
            return new Reading(FailureCause.DISK_FULL, "no space left on the device");
        }
        return switch (thrown) {
            case OutOfMemoryError error -> new Reading(FailureCause.MEMORY, "out of memory: " + shortened(error));
            case StoppedException.OverMemory over -> new Reading(FailureCause.MEMORY, over.getMessage());
            case StoppedException.NotFinite notFinite -> new Reading(FailureCause.NOT_FINITE, notFinite.getMessage());
            case StoppedException.CorruptInput corrupt -> new Reading(FailureCause.CORRUPT_INPUT, corrupt.getMessage());
            case FailureException failure when failure.failure() instanceof Failure.BadRequest bad -> new Reading(FailureCause.DATA, bad.message(), Optional.of(Advice.of(bad)));
            default -> mentions(thrown, "bad_alloc") || mentions(thrown, "bad allocation")
                    ? new Reading(FailureCause.MEMORY, "out of native memory")
                    : new Reading(FailureCause.ERROR, shortened(thrown));
        };
    }

    private static boolean mentions(Throwable thrown, String text) {
        int depth = 0;
        for (Throwable at = thrown; at != null && depth < 20; at = at.getCause(), depth++) {
            if (String.valueOf(at.getMessage()).contains(text)) {
                return true;
            }
        }
        return false;
    }

    private static String shortened(Throwable thrown) {
        String text = thrown.getClass().getSimpleName() + ": " + String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
