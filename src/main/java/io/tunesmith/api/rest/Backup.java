package io.tunesmith.api.rest;

import java.io.IOException;
import java.io.OutputStream;

/** Copies everything that the service keeps, while it works. Thread-safe. */
public interface Backup {

    /** Writes one tar file (see {@link BackupFile}); what broke off has no manifest at its end. */
    void write(OutputStream out) throws IOException;
}
