package io.tunesmith.postgres.embedded;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once for this user from the archive on the class path. */
final class Binaries {
    /** The major version of the programs: a data folder of another one is not theirs. */
    static final String MAJOR = "18";
    private final Path home;

    private Binaries(Path home) {
        this.home = home;
    }

    /** Unpacks into {@code cache} unless that was done before; whole or not at all, so two processes may do it at once. */
    static Binaries in(Path cache) {
        String archive = "postgres-linux-" + architecture() + ".txz";
        URL url = Optional.ofNullable(Binaries.class.getResource("/" + archive)).orElseThrow(() -> environment("PostgreSQL's programs (" + archive + ") are not in this installation"));
        try {
            URLConnection connection = url.openConnection();
            connection.setUseCaches(false);
            Path home = cache.resolve("postgres-" + MAJOR + "-" + architecture() + "-" + connection.getContentLengthLong());
            connection.getInputStream().close();
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                unpack(url, cache, home);
            }
            return new Binaries(home);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL's programs cannot be unpacked into " + cache, e);
        }
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "aarch64" -> "arm_64";
            case "amd64", "x86_64" -> "x86_64";
            case String other -> throw environment("there is no embedded PostgreSQL for " + other + " machines: set TUNESMITH_DB_URL to a PostgreSQL server");
        };
    }

    private static FailureException environment(String message) {
        return Failure.BadRequest.of(FailureCode.ENVIRONMENT, "postgres", message).asException();
    }

    private static void unpack(URL archive, Path cache, Path home) throws IOException {
        Files.createDirectories(cache, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path fresh = Files.createTempDirectory(cache, ".unpack-");
        if (!unpackByTar(archive, fresh)) {
            unpackHere(archive, fresh);
        }
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(fresh);
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                throw e;
            }
        }
    }

    /** The system's own tar and xz do it in a quarter of the time; where they are missing the JVM does it. */
    private static boolean unpackByTar(URL archive, Path fresh) throws IOException {
        try {
            Process tar = new ProcessBuilder("tar", "-xJf", "-", "-C", fresh.toString()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            try (InputStream bytes = archive.openStream(); OutputStream in = tar.getOutputStream()) {
                bytes.transferTo(in);
            }
            return tar.waitFor() == 0 && Files.isExecutable(fresh.resolve("bin/postgres"));
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void unpackHere(URL archive, Path fresh) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive.openStream()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                place(entry, tar, fresh);
            }
        }
    }

    private static void place(TarArchiveEntry entry, InputStream bytes, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        Files.deleteIfExists(target);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(bytes, target);
            if ((entry.getMode() & 0100) != 0) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
