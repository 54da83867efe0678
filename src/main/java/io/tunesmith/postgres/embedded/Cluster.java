package io.tunesmith.postgres.embedded;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A data folder of PostgreSQL, kept between starts.
 *
 * @param passwordFile the one user's password, mode 0600
 * @param log of the server
 */
record Cluster(Path folder, Path passwordFile, Path log) {

    /** Refuses a folder that another major version made: its files cannot be read, and must not be touched. */
    void checkVersion() {
        Path file = folder.resolve("PG_VERSION");
        if (!Files.exists(file)) {
            return;
        }
        String found = read(file);
        if (!found.equals(Binaries.MAJOR)) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNREADABLE, "data-dir",
                    folder + " was made by PostgreSQL " + found + ", and this Tunesmith brings PostgreSQL " + Binaries.MAJOR)
                    .hint("use another --data-dir, or the Tunesmith version that made it").asException();
        }
    }

    /** Makes the folder unless it is there; a first attempt that was cut off leaves nothing behind that counts. */
    void create(Binaries binaries, String user) {
        if (Files.exists(folder.resolve("PG_VERSION"))) {
            return;
        }
        Path fresh = folder.resolveSibling("postgres.new");
        try {
            delete(fresh);
            writePrivately(passwordFile, randomPassword());
            List<String> command = asOrdinaryUser(List.of(binaries.program("initdb"), "-D", fresh.toString(), "-U", user, "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"));
            if (quietly(command).start().waitFor() != 0) {
                throw broken("the database cannot be made in " + folder);
            }
            Files.move(fresh, folder, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw broken("the database cannot be made in " + folder + " (" + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw broken("interrupted while the database was made");
        }
    }

    String password() {
        return read(passwordFile);
    }

    /**
     * Removes a {@code postmaster.pid} that names a living process which is not this folder's PostgreSQL: PostgreSQL would take it for one and refuse. One
     * whose process is dead stays: PostgreSQL reads there which shared memory the dead server's children may still hold. One that is empty names nobody.
     */
    void forgetForeignPid() {
        Path file = folder.resolve("postmaster.pid");
        try {
            boolean empty = Files.exists(file) && Files.size(file) == 0;
            if (empty || Postmaster.of(folder).filter(named -> named.alive() && !named.serves(folder)).isPresent()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own the same process is nobody, with the same rights to the folder. */
    List<String> asOrdinaryUser(List<String> command) {
        if (!System.getProperty("user.name").equals("root")) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(List.of("unshare", "-U"));
        wrapped.addAll(command);
        return wrapped;
    }

    /** Without our environment, output to the log. */
    ProcessBuilder quietly(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("TZ"));
        return builder.directory(folder.getParent().toFile());
    }

    FailureException broken(String what) {
        String root = System.getProperty("user.name").equals("root") ? "; as root it needs user namespaces (unshare -U): run as another user where they are forbidden" : "";
        return Failure.BadRequest.of(FailureCode.ENVIRONMENT, "postgres", what)
                .hint("see " + log + root + "; or set TUNESMITH_DB_URL to a PostgreSQL server").asException();
    }

    private static String randomPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    private String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw broken(file + " cannot be read");
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> files = Files.walk(tree)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
