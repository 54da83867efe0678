package io.tunesmith.batch;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which conversation each line of a batch is. */
public enum BatchEndpoint {
    CHAT_COMPLETIONS("/v1/chat/completions"),
    RESPONSES("/v1/responses");

    private final String path;

    BatchEndpoint(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }

    public static BatchEndpoint of(String path) {
        return found(path).orElseThrow(() -> Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "endpoint", path.isEmpty() ? "the endpoint is missing" : "there is no endpoint \"" + path + "\" for batches")
                .allowed(Arrays.stream(values()).map(BatchEndpoint::path).collect(Collectors.joining(", "))).asException());
    }

    static Optional<BatchEndpoint> found(String path) {
        return Arrays.stream(values()).filter(endpoint -> endpoint.path.equals(path)).findFirst();
    }
}
