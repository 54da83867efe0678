package io.tunesmith.app;

import io.tunesmith.core.FailureException;
import io.tunesmith.postgres.embedded.PostgresServer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Starts the service's own PostgreSQL again whenever it has died, on the same port, for as long as the service lives. Thread-safe. */
final class DatabaseWatch {
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private final PostgresServer server;
    private volatile boolean ended;

    private DatabaseWatch(PostgresServer server) {
        this.server = server;
    }

    static DatabaseWatch over(PostgresServer server) {
        DatabaseWatch watch = new DatabaseWatch(server);
        Thread.ofPlatform().daemon().name("database-watch").start(watch::watch);
        return watch;
    }

    void end() {
        ended = true;
    }

    private void watch() {
        long wait = EVERY_NANOS;
        while (!ended) {
            LockSupport.parkNanos(wait);
            wait = ended || server.alive() || revived() ? EVERY_NANOS : AFTER_FAILURE_NANOS;
        }
    }

    private boolean revived() {
        System.err.println("tunesmith: PostgreSQL has died; starting it again");
        try {
            server.revive();
            System.err.println("tunesmith: PostgreSQL is back");
            return true;
        } catch (FailureException e) {
            System.err.println("tunesmith: " + e.failure().message());
            return false;
        }
    }
}
