package io.tunesmith.api.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The discovery file {@code service.json} of a data folder (mode 0600): where the service is, and the key that opens it. The key outlives the
 * service; the rest is true only while the process lives.
 *
 * @param url for example {@code http://127.0.0.1:7070}; absent while none runs
 * @param pid of the service; absent while none runs
 */
public record ServiceFile(Optional<String> url, Optional<Long> pid, String key) {
    private static final String NAME = "service.json";

    /** Whether the process that wrote it lives. */
    public boolean alive() {
        return pid.flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive).isPresent();
    }

    /** The same key, no service. */
    public ServiceFile ended() {
        return new ServiceFile(Optional.empty(), Optional.empty(), key);
    }

    /** Empty if there is none or it cannot be read. */
    public static Optional<ServiceFile> read(Path dataDir) {
        try {
            return Optional.of(WireJson.readAnswer(Files.readString(dataDir.resolve(NAME)), ServiceFile.class)).filter(file -> file.key() != null);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Writes it whole or not at all. */
    public void write(Path dataDir) throws IOException {
        Path part = Files.createTempFile(dataDir, "service", ".part", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(part, WireJson.write(this));
        Files.move(part, dataDir.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    }
}
