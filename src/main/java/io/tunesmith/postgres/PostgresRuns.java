package io.tunesmith.postgres;

import io.quarkus.panache.common.Page;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.RunQuery;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunStep;
import io.tunesmith.run.RunStore;
import io.tunesmith.run.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs in PostgreSQL. Thread-safe: every call is one transaction, and a status changes only in a statement that checks that none has ended it. */
@ApplicationScoped
@Outlasting
@Transactional
public class PostgresRuns implements RunStore {
    private static final String CREATE = """
            insert into run (id, owner, request, status, seed, accepted, worked_seconds)
            values (:id, :owner, cast(:request as jsonb), :status, :seed, :accepted, :worked) on conflict do nothing""";
    /** Ids sort by the time they were made. */
    private static final String LIST = """
            select * from run where (:all or owner = :owner) and (cardinality(cast(:statuses as text[])) = 0 or status = any(cast(:statuses as text[])))
            and (:before = '' or id < :before) and (:text = '' or position(lower(:text) in lower(request->>'text')) > 0) order by id desc limit :limit""";
    private final EntityManager entities;
    private final DiskSpace space;

    public PostgresRuns(EntityManager entities, DiskSpace space) {
        this.entities = entities;
        this.space = space;
    }

    @Override
    public void create(Run run, String type, Map<String, Object> data) {
        space.check();
        RunRow row = RunRow.of(run);
        entities.createNativeQuery(CREATE).setParameter("id", row.id).setParameter("owner", row.owner).setParameter("request", row.request).setParameter("status", row.status.name()).setParameter("seed", row.seed)
                .setParameter("accepted", row.accepted).setParameter("worked", row.workedSeconds).executeUpdate();
        record(run.id(), type, run.accepted(), type, data);
    }

    @Override
    public Optional<Run> find(RunId id) {
        return RunRow.<RunRow>findByIdOptional(id.value()).map(RunRow::run);
    }

    @Override
    public List<Run> list(RunQuery query, Caller caller) {
        return entities.createNativeQuery(LIST, RunRow.class).setParameter("all", caller.scope() == Scope.ADMIN).setParameter("owner", caller.owner())
                .setParameter("statuses", query.statuses().stream().map(RunStatus::name).toArray(String[]::new))
                .setParameter("text", query.text().orElse("")).setParameter("before", query.before().map(RunId::value).orElse("")).setParameter("limit", query.limit())
                .getResultStream().map(row -> ((RunRow) row).run()).toList();
    }

    @Override
    public List<Run> open() {
        return RunRow.<RunRow>find("ended is null order by accepted, id").stream().map(RunRow::run).toList();
    }

    @Override
    public boolean cancel(RunId id, Instant at, String type, Map<String, Object> data) {
        boolean marked = RunRow.update("status = ?1 where id = ?2 and ended is null and status <> ?1", RunStatus.CANCELLING, id.value()) == 1;
        if (marked) {
            record(id, type, at, type, data);
        }
        return marked || OutageRetry.again() && RunEventRow.count("run = ?1 and draw = ?2 and at = ?3", id.value(), type, at) == 1;
    }

    @Override
    @LeaderOnly
    public void worked(RunId id, Duration worked) {
        RunRow.update("workedSeconds = greatest(workedSeconds, ?1) where id = ?2", worked.toMillis() / 1000.0, id.value());
    }

    @Override
    @LeaderOnly
    public boolean move(RunId id, RunStatus status) {
        if (status.terminal()) {
            throw new IllegalArgumentException(status + " ends a run: use end");
        }
        return RunRow.update("status = ?1 where id = ?2 and ended is null", status, id.value()) == 1;
    }

    @Override
    @LeaderOnly
    public boolean end(RunId id, RunStatus status, Optional<Failure> failure, Instant at, String type, Map<String, Object> data) {
        if (!status.terminal()) {
            throw new IllegalArgumentException(status + " does not end a run");
        }
        boolean ended = entities.createNativeQuery("update run set status = :status, failure = cast(:failure as jsonb), ended = :at where id = :id and ended is null")
                .setParameter("status", status.name())
                .setParameter("failure", failure.map(why -> Json.write(Failure.class, why)).orElse(null))
                .setParameter("at", at)
                .setParameter("id", id.value())
                .executeUpdate() == 1;
        if (ended) {
            record(id, type, at, type, data);
        }
        return ended || OutageRetry.again() && RunRow.count("id = ?1 and status = ?2 and ended = ?3", id.value(), status, at) == 1;
    }

    @Override
    @LeaderOnly
    public RunEvent append(RunId id, String draw, Instant at, String type, Map<String, Object> data) {
        return record(id, draw, at, type, data);
    }

    /** Without asking who leads: any service may accept a run and mark it as to be cancelled. */
    private RunEvent record(RunId id, String draw, Instant at, String type, Map<String, Object> data) {
        Optional<RunEvent> before = RunEventRow.<RunEventRow>find("run = ?1 and draw = ?2", id.value(), draw).firstResultOptional().map(RunEventRow::event);
        return before.orElseGet(() -> appendFresh(id, draw, at, type, data));
    }

    private RunEvent appendFresh(RunId id, String draw, Instant at, String type, Map<String, Object> data) {
        List<?> numbers = entities.createNativeQuery("update run set last_event = last_event + 1 where id = :id returning last_event", Long.class)
                .setParameter("id", id.value()).getResultList();
        if (numbers.isEmpty()) {
            throw Failure.BadRequest.of(FailureCode.RUN_NOT_FOUND, "run", "there is no run " + id).asException();
        }
        RunEvent event = new RunEvent(id, (Long) numbers.getFirst(), at, type, data);
        RunEventRow.of(event, draw).persist();
        return event;
    }

    @Override
    public long lastEvent(RunId id) {
        return RunRow.<RunRow>findByIdOptional(id.value()).map(row -> row.lastEvent).orElse(0L);
    }

    @Override
    public List<RunEvent> events(RunId id, long after, int limit) {
        return RunEventRow.<RunEventRow>find("run = ?1 and seq > ?2 order by seq", id.value(), after).page(Page.ofSize(limit)).stream().map(RunEventRow::event).toList();
    }

    @Override
    @LeaderOnly
    public void keep(RunId id, RunStep step, Object output) {
        entities.createNativeQuery("insert into run_step (run, step, output) values (:run, :step, cast(:output as jsonb)) on conflict do nothing")
                .setParameter("run", id.value()).setParameter("step", step.name()).setParameter("output", Json.write(output)).executeUpdate();
    }

    @Override
    public <T> Optional<T> kept(RunId id, RunStep step, Class<T> type) {
        return entities.createNativeQuery("select cast(output as text) from run_step where run = :run and step = :step", String.class)
                .setParameter("run", id.value()).setParameter("step", step.name())
                .getResultStream().findFirst().map(json -> Json.read((String) json, type));
    }
}
