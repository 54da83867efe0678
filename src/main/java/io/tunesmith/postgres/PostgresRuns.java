package io.tunesmith.postgres;

import io.quarkus.panache.common.Page;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunStep;
import io.tunesmith.run.RunStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs in PostgreSQL. Thread-safe: every call is one transaction, and a status changes only in a statement that checks that none has ended it. */
@ApplicationScoped
@Transactional
public class PostgresRuns implements RunStore {
    private final EntityManager entities;

    public PostgresRuns(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public void create(Run run) {
        RunRow.of(run).persist();
    }

    @Override
    public Optional<Run> find(RunId id) {
        return RunRow.<RunRow>findByIdOptional(id.value()).map(RunRow::run);
    }

    @Override
    public List<Run> newest(int limit) {
        return RunRow.<RunRow>find("order by accepted desc, id desc").page(Page.ofSize(limit)).stream().map(RunRow::run).toList();
    }

    @Override
    public List<Run> open() {
        return RunRow.<RunRow>find("ended is null order by accepted, id").stream().map(RunRow::run).toList();
    }

    @Override
    public boolean move(RunId id, RunStatus status) {
        if (status.terminal()) {
            throw new IllegalArgumentException(status + " ends a run: use end");
        }
        return RunRow.update("status = ?1 where id = ?2 and ended is null", status, id.value()) == 1;
    }

    @Override
    public boolean end(RunId id, RunStatus status, Optional<Failure> failure, Instant at) {
        if (!status.terminal()) {
            throw new IllegalArgumentException(status + " does not end a run");
        }
        return entities.createNativeQuery("update run set status = :status, failure = cast(:failure as jsonb), ended = :at where id = :id and ended is null")
                .setParameter("status", status.name())
                .setParameter("failure", failure.map(why -> Json.write(Failure.class, why)).orElse(null))
                .setParameter("at", at)
                .setParameter("id", id.value())
                .executeUpdate() == 1;
    }

    @Override
    public RunEvent append(RunId id, Instant at, String type, Map<String, Object> data) {
        List<?> numbers = entities.createNativeQuery("update run set last_event = last_event + 1 where id = :id returning last_event", Long.class)
                .setParameter("id", id.value()).getResultList();
        if (numbers.isEmpty()) {
            throw Failure.BadRequest.of(FailureCode.RUN_NOT_FOUND, "run", "there is no run " + id).asException();
        }
        RunEvent event = new RunEvent(id, (Long) numbers.getFirst(), at, type, data);
        RunEventRow.of(event).persist();
        return event;
    }

    @Override
    public List<RunEvent> events(RunId id, long after, int limit) {
        return RunEventRow.<RunEventRow>find("run = ?1 and seq > ?2 order by seq", id.value(), after).page(Page.ofSize(limit)).stream().map(RunEventRow::event).toList();
    }

    @Override
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
