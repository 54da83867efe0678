package io.tunesmith.api.rest;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads what workers and agents send: the JSON of the contract, attempt keys and bearer tokens. */
final class ContractBody {
    private static final String BEARER = "Bearer ";

    private ContractBody() {}

    static AttemptKey key(String key) {
        try {
            return new AttemptKey(key);
        } catch (IllegalArgumentException e) {
            throw Failure.BadRequest.of(FailureCode.NOT_FOUND, "key", e.getMessage()).asException();
        }
    }

    /** Empty if there is none. */
    static String token(String authorization) {
        return authorization != null && authorization.startsWith(BEARER) ? authorization.substring(BEARER.length()) : "";
    }

    static <T> T read(InputStream body, Class<T> type) {
        try {
            byte[] bytes = body.readNBytes(Wire.MAX_BYTES + 1);
            if (bytes.length > Wire.MAX_BYTES) {
                throw Failure.BadRequest.of(FailureCode.TOO_LARGE, "body", "the report is too large").allowed("at most " + Wire.MAX_BYTES + " bytes").asException();
            }
            T value = Wire.read(new String(bytes, StandardCharsets.UTF_8), type);
            if (value == null) {
                throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "body", "the body is null").asException();
            }
            return value;
        } catch (FailureException e) {
            throw e.failure() instanceof Failure.MalformedReply ? Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "body", e.getMessage()).asException() : e;
        } catch (IllegalArgumentException e) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "body", String.valueOf(e.getMessage())).asException();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
