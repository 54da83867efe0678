package io.tunesmith.agent;

import io.tunesmith.contract.AttemptKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The agent's folder: its id, the attempts' folders, inputs by their digest, the workers' own words. One process at a time holds it, by a lock on a file.
 * Immutable.
 */
final class AgentFolder implements AutoCloseable {
    private static final Duration UNUSED = Duration.ofDays(7);
    private static final FileAttribute<?> PRIVATE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private final Path root;
    private final FileChannel lock;

    private AgentFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    static AgentFolder take(Path root) throws AgentFailure {
        try {
            Files.createDirectories(root, PRIVATE);
            FileChannel channel = FileChannel.open(root.resolve("agent.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = channel.tryLock();
            if (held == null) {
                channel.close();
                throw new AgentFailure(AgentFailure.REFUSED, "an agent already runs in " + root, Optional.of("give each agent a --data-dir of its own"));
            }
            AgentFolder folder = new AgentFolder(root, channel);
            Files.createDirectories(folder.attempts(), PRIVATE);
            Files.createDirectories(folder.cache(), PRIVATE);
            Files.createDirectories(folder.logs(), PRIVATE);
            return folder;
        } catch (IOException e) {
            throw new AgentFailure(AgentFailure.REFUSED, "the folder " + root + " cannot be used: " + e.getMessage(), Optional.of("name another with --data-dir"));
        }
    }

    /** Drawn at the first start. */
    String id() throws IOException {
        Path file = root.resolve("agent-id");
        if (!Files.exists(file)) {
            Files.writeString(root.resolve("agent-id.part"), "agent-" + draw());
            Files.move(root.resolve("agent-id.part"), file);
        }
        return Files.readString(file).strip();
    }

    static String draw() {
        byte[] bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    Path attempts() {
        return root.resolve("attempts");
    }

    Path attempt(AttemptKey key) {
        return attempts().resolve(key.value());
    }

    Path cache() {
        return root.resolve("cache");
    }

    Path logs() {
        return root.resolve("logs");
    }

    /** The attempts that an earlier process of this agent took, by folder. */
    List<Path> left() throws IOException {
        try (Stream<Path> folders = Files.list(attempts())) {
            return folders.filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)).sorted().toList();
        }
    }

    /** Drops inputs that nothing has asked for in a week; attempts that use one hold it by a link of their own. */
    void tidy() throws IOException {
        Instant limit = Instant.now().minus(UNUSED);
        try (Stream<Path> files = Files.list(cache())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
