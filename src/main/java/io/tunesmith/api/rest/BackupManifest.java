package io.tunesmith.api.rest;

import java.time.Instant;
import java.util.List;

/**
 * The last entry of a backup: what is in it.
 *
 * @param format of the file; this version reads {@value #FORMAT}
 * @param version of Tunesmith that wrote it
 * @param schema of its database: the number of the last migration
 * @param made the moment of which it is a copy
 * @param entries every other entry, in order
 */
public record BackupManifest(int format, String version, String schema, Instant made, int runs, int datasets, List<Entry> entries) {
    public static final String NAME = "manifest.json";
    public static final int FORMAT = 1;

    public BackupManifest {
        entries = List.copyOf(entries);
    }

    /** One entry of the tar file. */
    public record Entry(String name, long bytes, String sha256) {}
}
