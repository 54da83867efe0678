package io.tunesmith.app;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tunesmith.postgres.PostgresLeader;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** Stands for leader at the start and then every two seconds, on a thread of its own that also takes in keys made elsewhere; lets go of the lease at the end. */
@Singleton
final class Election {
    private static final Logger LOG = Logger.getLogger(Election.class);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final Duration LAST_ROUND = Duration.ofSeconds(2);
    private static final int FIRST = 1;
    private static final int LAST = 10_000;
    private final ServiceConfig config;
    private final PostgresLeader leader;
    private final StoredKeys keys;
    private volatile boolean ended;
    private Optional<Thread> standing = Optional.empty();

    Election(ServiceConfig config, PostgresLeader leader, StoredKeys keys) {
        this.config = config;
        this.leader = leader;
        this.keys = keys;
    }

    void begin(@Observes @Priority(FIRST) StartupEvent event) throws SQLException {
        leader.campaign(config.alone());
        standing = Optional.of(Thread.ofPlatform().daemon().name("election").start(this::stand));
    }

    /** After everything that the leader still writes. */
    void end(@Observes @Priority(LAST) ShutdownEvent event) {
        ended = true;
        try {
            if (standing.isPresent()) {
                // Its round may be under way, with what is about to be closed.
                LockSupport.unpark(standing.get());
                standing.get().join(LAST_ROUND);
            }
            leader.release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.debug("the lease runs out by itself", e);
        }
    }

    private void stand() {
        boolean answered = true;
        while (!ended) {
            LockSupport.parkNanos(EVERY_NANOS);
            answered = campaign(answered);
        }
    }

    private boolean campaign(boolean answered) {
        try {
            if (!ended) {
                leader.campaign(config.alone());
                keys.refresh();
            }
            return true;
        } catch (SQLException | RuntimeException e) {
            if (answered && !ended) {
                LOG.warnf("the lease cannot be renewed for now: %s", e.getMessage());
            }
            return false;
        }
    }
}
