package io.tunesmith.data.fetch;

import java.net.URI;
import java.util.Optional;

/**
 * @param endpoint of a server that speaks S3; absent: Amazon's
 * @param access absent: objects that everyone may read
 */
public record S3Settings(Optional<URI> endpoint, String region, Optional<Access> access) {
    public static final S3Settings ANONYMOUS = new S3Settings(Optional.empty(), "us-east-1", Optional.empty());

    public record Access(String id, String secret) {
        @Override
        public String toString() {
            return "Access[" + id + "]";
        }
    }
}
