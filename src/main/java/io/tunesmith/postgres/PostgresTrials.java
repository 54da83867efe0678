package io.tunesmith.postgres;

import io.tunesmith.core.RunId;
import io.tunesmith.run.TrialStore;
import io.tunesmith.search.Proposal;
import io.tunesmith.study.Trial;
import io.tunesmith.study.TrialState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** Trials in PostgreSQL. Thread-safe: every call is one transaction, and a trial that has ended is never written again. */
@ApplicationScoped
@Outlasting
@Transactional
public class PostgresTrials implements TrialStore {
    private static final String INSERT = """
            insert into trial (run, number, proposal, state, curve, terminal, proposed, ended)
            values (:run, :number, cast(:proposal as jsonb), cast(:state as jsonb), cast(:curve as jsonb), :terminal, :at, case when :terminal then cast(:at as timestamptz) end)
            on conflict do nothing""";
    private static final String UPDATE = """
            update trial set state = cast(:state as jsonb), curve = cast(:curve as jsonb), terminal = :terminal,
                ended = case when :terminal then cast(:at as timestamptz) end
            where run = :run and number = :number and not terminal""";
    private final EntityManager entities;

    public PostgresTrials(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    @LeaderOnly
    public void propose(RunId run, Trial trial, Instant at) {
        statement(INSERT, run, trial, at).setParameter("proposal", Json.write(Proposal.class, trial.proposal())).executeUpdate();
    }

    @Override
    @LeaderOnly
    public boolean update(RunId run, Trial trial, Instant at) {
        return statement(UPDATE, run, trial, at).executeUpdate() == 1 || OutageRetry.again() && all(run).contains(trial);
    }

    @Override
    public List<Trial> all(RunId run) {
        return rows(run).stream().map(TrialRow::trial).toList();
    }

    @Override
    public List<TimedTrial> timed(RunId run) {
        return rows(run).stream().map(TrialRow::timed).toList();
    }

    private static List<TrialRow> rows(RunId run) {
        return TrialRow.list("run = ?1 order by number", run.value());
    }

    private Query statement(String sql, RunId run, Trial trial, Instant at) {
        return entities.createNativeQuery(sql)
                .setParameter("run", run.value())
                .setParameter("number", trial.number())
                .setParameter("state", Json.write(TrialState.class, trial.state()))
                .setParameter("curve", Json.write(trial.curve()))
                .setParameter("terminal", trial.state().terminal())
                .setParameter("at", at);
    }
}
