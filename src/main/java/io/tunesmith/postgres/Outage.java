package io.tunesmith.postgres;

import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;

/** What an exception says about the database: gone for now, full, or nothing of the kind. */
enum Outage {
    /** It ended, restarts, cannot be reached, has no free connection, or asked for the transaction to be made again. */
    AWAY,
    /** Its disk is full: it can be read. */
    FULL;

    private static final Set<String> AWAY_STATES = Set.of("57P01", "57P02", "57P03", "57P05", "53300", "25P03", "40001", "40P01");
    private static final Set<String> FULL_STATES = Set.of("53100", "58030");

    /** Looks through causes, suppressed exceptions and the next ones of JDBC. */
    static Optional<Outage> of(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(thrown, seen);
        return seen.stream().map(Outage::one).flatMap(Optional::stream).max(Outage::compareTo);
    }

    private static Optional<Outage> one(Throwable thrown) {
        return switch (thrown) {
            case SQLTransientConnectionException _, SQLTimeoutException _, ConnectException _ -> Optional.of(AWAY);
            case SQLException sql -> state(Optional.ofNullable(sql.getSQLState()).orElse(""), String.valueOf(sql.getMessage()));
            case XAException commit when commit.errorCode == XAException.XAER_RMFAIL -> Optional.of(AWAY);
            default -> Optional.empty();
        };
    }

    private static Optional<Outage> state(String state, String message) {
        if (FULL_STATES.contains(state)) {
            return Optional.of(FULL);
        }
        boolean pool = state.isEmpty() && (message.contains("Acquisition timeout") || message.contains("onnection is closed"));
        return state.startsWith("08") || AWAY_STATES.contains(state) || pool ? Optional.of(AWAY) : Optional.empty();
    }

    private static void collect(Throwable thrown, Set<Throwable> seen) {
        if (thrown == null || !seen.add(thrown)) {
            return;
        }
        collect(thrown.getCause(), seen);
        Stream.of(thrown.getSuppressed()).forEach(other -> collect(other, seen));
        if (thrown instanceof SQLException sql) {
            collect(sql.getNextException(), seen);
        }
    }
}
