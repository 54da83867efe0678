package io.tunesmith.core;

import java.util.Locale;

/** What went wrong, in the one vocabulary of every door. The wire name is the lower-case constant. */
public enum FailureCode {
    /** A value in the request is not allowed; the field is named. */
    INVALID_REQUEST,
    /** Two fields of one request exclude each other. */
    CONTRADICTION,
    /** No key, or a wrong one. */
    INVALID_API_KEY,
    /** The key's scope does not include this call. */
    FORBIDDEN,
    /** No model, that is, no mode of the service, has this name. */
    MODEL_NOT_FOUND,
    /** No run with this id. */
    RUN_NOT_FOUND,
    /** No such thing (file, artifact, data set, model) on the other side. */
    NOT_FOUND,
    /** The reference lies outside what this door may read. */
    REF_NOT_ALLOWED,
    /** The data cannot be read as a table at all: missing, empty, wrong encoding, ragged. */
    DATA_UNREADABLE,
    /** The table is readable but no model can be trained from it: one row, one class, constant target. */
    DATA_UNUSABLE,
    /** The target column is not in the table or cannot be guessed. */
    TARGET_MISSING,
    /** The request asks for something that no recipe does. */
    UNSUPPORTED,
    /** Too little has been tried to say anything yet. */
    TOO_FEW_TRIALS,
    /** The run is in a state that does not allow this call. */
    RUN_CONFLICT,
    /** The same Idempotency-Key came with another body. */
    IDEMPOTENCY_CONFLICT,
    /** The key's limit is reached: when to come again is said. */
    RATE_LIMITED,
    /** The budget ended before a valid model existed. */
    BUDGET_EXHAUSTED,
    /** The object exceeds a size limit; the limit is named. */
    TOO_LARGE,
    /** A second opening of a sealed test, a stale fencing token, a claim that another process holds. */
    REFUSED,
    /** The service is not there or does not answer. */
    SERVER_UNREACHABLE,
    /** Another service leads and does this: ask it, or again soon. */
    NOT_LEADER,
    /** The database does not answer: ask again soon; nothing is lost. */
    STORE_UNAVAILABLE,
    /** The machine lacks something (a JDK, a free port, disk space, a readable data folder). */
    ENVIRONMENT,
    /** The training of the model failed for a reason that is in its log. */
    TRAINING_FAILED,
    /** A defect of Tunesmith: the log of the service has the reference. */
    INTERNAL;

    /** The name on the wire, for example {@code target_missing}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
