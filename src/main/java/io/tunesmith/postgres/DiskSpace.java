package io.tunesmith.postgres;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/**
 * New work is taken only while the data folder's disk has room for what the database writes anyway: a disk that is quite full would end the database, one
 * that is nearly full leaves everything readable. Thread-safe.
 */
@Singleton
public final class DiskSpace {
    private static final long LEAST = 64L << 20;
    private final DataFolder data;

    public DiskSpace(DataFolder data) {
        this.data = data;
    }

    /** @throws io.tunesmith.core.FailureException {@code ENVIRONMENT} if there is not enough room to begin something */
    void check() {
        try {
            long free = Files.getFileStore(data.root()).getUsableSpace();
            if (free < LEAST) {
                throw new Failure.Transient(FailureCode.ENVIRONMENT, "the disk of " + data.root() + " is nearly full (" + (free >> 20) + " MiB left): nothing new is taken until "
                        + (LEAST >> 20) + " MiB are free; what is stored can be read", Duration.ofSeconds(30)).asException();
            }
        } catch (IOException e) {
            throw Failure.BadRequest.of(FailureCode.ENVIRONMENT, "data-dir", data.root() + " cannot be read: " + e.getMessage()).asException();
        }
    }
}
