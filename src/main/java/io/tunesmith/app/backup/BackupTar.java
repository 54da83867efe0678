package io.tunesmith.app.backup;

import io.tunesmith.api.rest.BackupManifest;
import io.tunesmith.core.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The tar file that is being written, and the digests of what is in it already. Not thread-safe. */
final class BackupTar implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private final TarArchiveOutputStream tar;
    private final List<BackupManifest.Entry> entries = new ArrayList<>();

    BackupTar(OutputStream out) {
        tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    List<BackupManifest.Entry> entries() {
        return List.copyOf(entries);
    }

    void add(String name, byte[] bytes) throws IOException {
        begin(name, bytes.length);
        tar.write(bytes);
        tar.closeArchiveEntry();
        entries.add(new BackupManifest.Entry(name, bytes.length, Sha256.of(bytes).hex()));
    }

    /** As long as it is now: what a log gets meanwhile is left out. A file that is gone is left out whole. */
    void add(String name, Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        long length = Files.size(file);
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            begin(name, length);
            copy(in, length);
            tar.closeArchiveEntry();
            entries.add(new BackupManifest.Entry(name, length, HexFormat.of().formatHex(in.getMessageDigest().digest())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void begin(String name, long length) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(length);
        entry.setMode(0600);
        tar.putArchiveEntry(entry);
    }

    private void copy(InputStream in, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("a file became shorter while it was copied");
            }
            tar.write(buffer, 0, read);
            left -= read;
        }
    }

    /** Ends the file; what was not ended is seen to be cut off. */
    void finish() throws IOException {
        tar.finish();
        tar.flush();
    }

    @Override
    public void close() {
        // The stream is the caller's: an end that nobody asked for would make half a backup look whole.
    }
}
