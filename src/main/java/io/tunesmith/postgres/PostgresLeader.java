package io.tunesmith.postgres;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.dispatch.Leadership;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/**
 * The lease in the table {@code leader}, by the database's clock. Whoever finds the lease run out takes it under the next term. A leader that comes back
 * late and finds its term still in place goes on with it; one that finds a higher term has lost, for good. Writers lock the row by its key
 * ({@code for key share}): a renewal does not wait for them, a takeover does, so no write of an old term is committed after the new term began.
 * Thread-safe: the state changes under this object's lock, and no statement is made under it.
 */
public final class PostgresLeader implements Leadership {
    private static final String ACQUIRE = """
            update leader set term = term + 1, holder = ?, url = ?, until = clock_timestamp() + ? * interval '1 millisecond'
            where ? or until < clock_timestamp() returning term""";
    private static final String RENEW = "update leader set until = clock_timestamp() + ? * interval '1 millisecond' where term = ? returning term";
    private static final String RELEASE = "update leader set until = '-infinity', url = '' where term = ? returning term";
    private static final String LEADER = "select url from leader where until >= clock_timestamp()";
    private final DataSource database;
    private final String url;
    private final Duration lease;
    private final Executor actions;
    private final List<Runnable> onLead = new ArrayList<>();
    private final List<Runnable> onLost = new ArrayList<>();
    private OptionalLong term = OptionalLong.empty();
    private boolean lost;
    private volatile Optional<String> leader = Optional.empty();

    /**
     * @param url where this service answers
     * @param lease how long nobody else may lead after a renewal; renew several times as often
     * @param actions runs what is to be done at the beginning and at the loss, one after the other; never in the caller, who renews the lease
     */
    public PostgresLeader(DataSource database, String url, Duration lease, Executor actions) {
        this.database = database;
        this.url = url;
        this.lease = lease;
        this.actions = actions;
    }

    /**
     * Renews the lease, or takes it where it has run out. To be called again and again.
     *
     * @param alone whether no other service can be alive on this database: then the lease of one that was killed is not waited for
     * @throws SQLException if the database does not answer; nothing has changed then, or the next call finds what has
     */
    public void campaign(boolean alone) throws SQLException {
        OptionalLong mine = term();
        if (mine.isPresent()) {
            renew(mine.getAsLong());
        } else if (!hasLost()) {
            number(ACQUIRE, holder(), url, lease.toMillis(), alone).ifPresent(this::begin);
        }
        leader = leads() ? Optional.of(url) : ask();
    }

    /** Lets go of the lease, so that another service need not wait; this one does not lead again. */
    public void release() throws SQLException {
        OptionalLong mine = resign();
        if (mine.isPresent()) {
            number(RELEASE, mine.getAsLong());
        }
    }

    @Override
    public synchronized boolean leads() {
        return term.isPresent();
    }

    @Override
    public Optional<String> leader() {
        return leader;
    }

    @Override
    public synchronized void onLead(Runnable action) {
        if (term.isPresent()) {
            actions.execute(action);
        } else {
            onLead.add(action);
        }
    }

    @Override
    public synchronized void onLost(Runnable action) {
        if (lost) {
            actions.execute(action);
        } else {
            onLost.add(action);
        }
    }

    /** The term under which this service leads; empty if it does not. */
    synchronized OptionalLong term() {
        return term;
    }

    /** The database has shown that this term is over. */
    synchronized void lose(long over) {
        if (term.isPresent() && term.getAsLong() == over) {
            term = OptionalLong.empty();
            lost = true;
            leader = leader.filter(found -> !found.equals(url));
            onLost.forEach(actions::execute);
            onLost.clear();
        }
    }

    /** What a write is told that only the leader may make. */
    Failure notLeading() {
        String where = leader.filter(found -> !found.equals(url)).map(found -> ": the service at " + found + " leads").orElse("");
        return new Failure.Transient(FailureCode.NOT_LEADER, "this service does not lead" + where, Duration.ofSeconds(2));
    }

    private void renew(long mine) throws SQLException {
        if (number(RENEW, lease.toMillis(), mine).isEmpty()) {
            leader = ask();
            lose(mine);
        }
    }

    private synchronized void begin(long acquired) {
        term = OptionalLong.of(acquired);
        onLead.forEach(actions::execute);
        onLead.clear();
    }

    private synchronized OptionalLong resign() {
        OptionalLong mine = term;
        term = OptionalLong.empty();
        lost = true;
        onLost.clear();
        return mine;
    }

    private synchronized boolean hasLost() {
        return lost;
    }

    private Optional<String> ask() throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement statement = connection.prepareStatement(LEADER); ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    private OptionalLong number(String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private static String holder() {
        return "process " + ProcessHandle.current().pid();
    }
}
