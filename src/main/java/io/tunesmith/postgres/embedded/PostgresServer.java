package io.tunesmith.postgres.embedded;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL of our own on a kept data folder, on loopback only, with a random password in a file of mode 0600 beside it. One process
 * uses it at a time (the service's lock sees to that). Thread-safe: start again and stop exclude each other.
 */
public final class PostgresServer {
    private static final String USER = "tunesmith";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A server that was killed first makes good what it had promised. */
    private static final Duration RECOVERY = Duration.ofMinutes(5);
    private final Cluster cluster;
    private final Path cache;
    private final String password;
    private final int port;
    private volatile Postmaster postmaster;
    private boolean stopped;

    private PostgresServer(Cluster cluster, Path cache, Postmaster postmaster) {
        this.cluster = cluster;
        this.cache = cache;
        this.postmaster = postmaster;
        this.password = cluster.password();
        this.port = postmaster.port();
    }

    /**
     * Starts the server of {@code dataDir}, or takes over the one that a service before us left running there.
     *
     * @param dataDir the service's data folder; the cluster is its {@code postgres} folder, made at the first start
     * @param cache where the programs are unpacked, shared by all data folders of this user
     * @throws FailureException {@code DATA_UNREADABLE} for a cluster of another major version, {@code ENVIRONMENT} where it cannot start
     */
    public static PostgresServer start(Path dataDir, Path cache) {
        Path folder = dataDir.resolve("postgres");
        Cluster cluster = new Cluster(folder, dataDir.resolve("postgres.password"), dataDir.resolve("postgres.log"));
        cluster.checkVersion();
        Optional<PostgresServer> adopted = adopt(cluster, cache);
        return adopted.orElseGet(() -> {
            Binaries binaries = Binaries.in(cache);
            cluster.create(binaries, USER);
            return new PostgresServer(cluster, cache, launch(cluster, binaries, freePort()));
        });
    }

    /** Whether the server's process is there. */
    public boolean alive() {
        return postmaster.serves(cluster.folder());
    }

    /**
     * Starts a server that died again, on the same port; it recovers by itself whatever was committed. Does nothing if it lives or was stopped.
     *
     * @throws FailureException {@code ENVIRONMENT} if it cannot start now
     */
    public synchronized void revive() {
        if (!stopped && !alive()) {
            postmaster = launch(cluster, Binaries.in(cache), port);
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    public long pid() {
        return postmaster.pid();
    }

    /** Ends the server: open sessions are closed, nothing is lost. Returns when it is down; repeated calls do nothing. */
    public synchronized void stop() {
        stopped = true;
        end(postmaster, cluster.folder());
    }

    private static Optional<PostgresServer> adopt(Cluster cluster, Path cache) {
        Optional<Postmaster> running = Postmaster.of(cluster.folder()).filter(found -> found.serves(cluster.folder()));
        if (running.isEmpty()) {
            return Optional.empty();
        }
        Postmaster found = running.get();
        PostgresServer server = new PostgresServer(cluster, cache, found);
        if (found.ready() && server.answersForItsFolder()) {
            return Optional.of(server);
        }
        end(found, cluster.folder());
        return Optional.empty();
    }

    private boolean answersForItsFolder() {
        try (Connection connection = DriverManager.getConnection(url(), USER, password);
                ResultSet answer = connection.createStatement().executeQuery("show data_directory")) {
            return answer.next() && Path.of(answer.getString(1)).toRealPath().equals(cluster.folder().toRealPath());
        } catch (SQLException | IOException e) {
            return false;
        }
    }

    /** Tries for a while: children of a server that was killed hold its shared memory until they have noticed. */
    private static Postmaster launch(Cluster cluster, Binaries binaries, int port) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean unclean = Files.exists(cluster.folder().resolve("postmaster.pid"));
        while (true) {
            cluster.forgetForeignPid();
            Optional<Postmaster> ready = launched(cluster, binaries, port);
            if (ready.isPresent()) {
                return ready.get();
            }
            if (!unclean || System.nanoTime() > end) {
                throw cluster.broken("PostgreSQL ended at once");
            }
            pause(300);
        }
    }

    /** Empty if it ended before it was ready. */
    private static Optional<Postmaster> launched(Cluster cluster, Binaries binaries, int port) {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(cluster.asOrdinaryUser(List.of(binaries.program("postgres"), "-D", cluster.folder().toString())));
        settings(port).forEach(setting -> command.addAll(List.of("-c", setting)));
        try {
            return awaitReady(cluster, cluster.quietly(command).start());
        } catch (IOException e) {
            throw cluster.broken("PostgreSQL cannot be started (" + e.getMessage() + ")");
        }
    }

    private static List<String> settings(int port) {
        return List.of("port=" + port, "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=40", "shared_buffers=32MB",
                "max_wal_size=256MB", "log_min_messages=warning", "cluster_name=tunesmith", "jit=off");
    }

    private static Optional<Postmaster> awaitReady(Cluster cluster, Process process) {
        long end = System.nanoTime() + RECOVERY.toNanos();
        while (System.nanoTime() < end) {
            Optional<Postmaster> found = Postmaster.of(cluster.folder()).filter(Postmaster::ready).filter(ready -> ready.serves(cluster.folder()));
            if (found.isPresent()) {
                return found;
            }
            if (!process.isAlive() && process.exitValue() != 0) {
                return Optional.empty();
            }
            pause(10);
        }
        throw cluster.broken("PostgreSQL was not ready within " + RECOVERY.toSeconds() + " s");
    }

    private static void end(Postmaster postmaster, Path folder) {
        if (!postmaster.serves(folder)) {
            return;
        }
        signal("INT", postmaster.pid());
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (postmaster.alive() && System.nanoTime() < end) {
            pause(10);
        }
        for (int i = 0; postmaster.present() && !postmaster.alive() && i < 100; i++) {
            pause(10);
        }
        if (postmaster.alive()) {
            signal("QUIT", postmaster.pid());
        }
    }

    private static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid)).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw Failure.BadRequest.of(FailureCode.ENVIRONMENT, "postgres", "no free port on 127.0.0.1").asException();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
