package io.tunesmith.data;

import java.nio.file.Path;
import java.util.Optional;

/** Brings the bytes that a reference names onto this machine. Thread-safe. */
public interface DataFetcher {

    /**
     * Copies what the reference names into a new file, which is then the caller's. Takes as long as the transfer.
     *
     * @param owner for whom: how much one owner may transfer at once is limited
     * @throws io.tunesmith.core.FailureException {@code REF_NOT_ALLOWED}, {@code NOT_FOUND}, {@code TOO_LARGE}, {@code DATA_UNREADABLE}, or {@code RATE_LIMITED}
     */
    Fetched fetch(DataReference.Outside reference, String owner);

    /**
     * @param file as it came, perhaps packed
     * @param name its own name, for people
     */
    record Fetched(Path file, String name, Origin origin) {}

    /**
     * Where data came from.
     *
     * @param source the reference, without what may be a secret (a URL's query)
     * @param resolved what it meant when it was fetched: the last URL after redirects, the real path
     * @param revision the version there (a commit, an ETag, an S3 version), if the other side names one
     */
    record Origin(String source, String resolved, Optional<String> revision) {}
}
