package io.tunesmith.postgres;

import io.quarkus.panache.common.Page;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Allowances;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Extra;
import io.tunesmith.run.Question;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.RunQuery;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunStep;
import io.tunesmith.run.RunStore;
import io.tunesmith.run.RunVersion;
import io.tunesmith.run.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private static final String VERSIONS = "select * from run where id = any(cast(:ids as text[]))";
    /** From here a walk may go on to another status, or to a question. */
    private static final Set<RunStatus> GOING_ON = Stream.of(RunStatus.values()).filter(RunStatus::goesOn).collect(Collectors.toUnmodifiableSet());
    private static final String ASK = """
            insert into run_question (run, number, id, question) select :run, count(*), :id, cast(:question as jsonb) from run_question where run = :run on conflict do nothing""";
    private static final String EXTEND = "update run set extra_trials = :trials, extra_seconds = :seconds where id = :id and ended is null and status <> 'CANCELLING'";
    private static final Duration FULL = Duration.ofSeconds(30);
    private final EntityManager entities;
    private final DiskSpace space;
    private final Allowances allowances;

    public PostgresRuns(EntityManager entities, DiskSpace space, Allowances allowances) {
        this.allowances = allowances;
        this.entities = entities;
        this.space = space;
    }

    @Override
    public void create(Run run, String type, Map<String, Object> data) {
        space.check();
        refuseTooMany(run);
        RunRow row = RunRow.of(run);
        entities.createNativeQuery(CREATE).setParameter("id", row.id).setParameter("owner", row.owner).setParameter("request", row.request).setParameter("status", row.status.name()).setParameter("seed", row.seed)
                .setParameter("accepted", row.accepted).setParameter("worked", row.workedSeconds).executeUpdate();
        record(run.id(), type, run.accepted(), type, data);
    }

    /** What waited or rested comes back into the line only where there is room in it: else many could be held, and let go together. A refusal takes back the whole call. */
    private void refuseTooMany(RunId id, RunStatus to) {
        if (to == RunStatus.QUEUED) {
            find(id).ifPresent(this::refuseTooMany);
        }
    }

    /** Counted behind a lock of the owner's, so that two services cannot both let the last one in. */
    private void refuseTooMany(Run run) {
        Optional<Integer> most = allowances.of(run.owner()).queuedRuns();
        if (most.isEmpty()) {
            return;
        }
        entities.createNativeQuery("select pg_advisory_xact_lock(hashtextextended(:owner, 8))", Object.class).setParameter("owner", run.owner()).getResultList();
        long now = RunRow.count("owner = ?1 and status = ?2 and ended is null and id <> ?3", run.owner(), RunStatus.QUEUED, run.id().value());
        if (now >= most.get()) {
            throw new Failure.Transient(FailureCode.RATE_LIMITED, now + " runs of this key are queued and its limit queued_runs is " + most.get() + ": wait until one ends, or cancel one", FULL).asException();
        }
    }

    @Override
    public Optional<Run> find(RunId id) {
        return RunRow.<RunRow>findByIdOptional(id.value()).map(RunRow::run);
    }

    @Override
    public Map<RunId, RunVersion> versions(Set<RunId> ids) {
        Map<RunId, RunVersion> found = new HashMap<>();
        for (Object row : entities.createNativeQuery(VERSIONS, RunRow.class).setParameter("ids", ids.stream().map(RunId::value).toArray(String[]::new)).getResultList()) {
            RunVersion version = ((RunRow) row).version();
            found.put(version.run().id(), version);
        }
        return found;
    }

    @Override
    public List<Run> list(RunQuery query, Caller caller) {
        return entities.createNativeQuery(LIST, RunRow.class).setParameter("all", caller.scope() == Scope.ADMIN).setParameter("owner", caller.owner())
                .setParameter("statuses", query.statuses().stream().map(RunStatus::name).toArray(String[]::new))
                .setParameter("text", query.text().map(Json::kept).orElse("")).setParameter("before", query.before().map(RunId::value).orElse("")).setParameter("limit", query.limit())
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
        return RunRow.update("status = ?1 where id = ?2 and status in ?3", status, id.value(), GOING_ON) == 1;
    }

    @Override
    public boolean change(RunId id, Set<RunStatus> from, RunStatus to, String draw, Instant at, String type, Map<String, Object> data) {
        if (to.terminal()) {
            throw new IllegalArgumentException(to + " ends a run: use end");
        }
        boolean changed = RunRow.update("status = ?1 where id = ?2 and status in ?3", to, id.value(), from) == 1;
        if (changed) {
            refuseTooMany(id, to);
            record(id, draw, at, type, data);
        }
        return changed || done(id, draw);
    }

    /** Whether a call that is made again had been done. */
    private static boolean done(RunId id, String draw) {
        return OutageRetry.again() && RunEventRow.count("run = ?1 and draw = ?2", id.value(), draw) == 1;
    }

    @Override
    @LeaderOnly
    public boolean ask(RunId id, Question question, Instant at, Map<String, Object> data) {
        String draw = "question.asked/" + question.id();
        boolean waits = RunRow.update("status = ?1 where id = ?2 and status in ?3", RunStatus.WAITING_INPUT, id.value(), GOING_ON) == 1;
        if (waits) {
            entities.createNativeQuery(ASK).setParameter("run", id.value()).setParameter("id", question.id()).setParameter("question", Json.write(question)).executeUpdate();
            record(id, draw, at, "question.asked", data);
        }
        return waits || done(id, draw);
    }

    @Override
    public List<Asked> questions(RunId id) {
        return rows(entities.createNativeQuery("select cast(question as text), answer from run_question where run = :run order by number", Object[].class).setParameter("run", id.value()))
                .map(row -> new Asked(Json.read((String) row[0], Question.class), Optional.ofNullable((String) row[1]))).toList();
    }

    @Override
    public boolean answer(RunId id, String question, String answer, RunStatus then, Instant at, Map<String, Object> data) {
        String draw = "question.answered/" + question;
        boolean waits = RunRow.update("status = ?1 where id = ?2 and status = ?3", RunStatus.WAITING_INPUT, id.value(), RunStatus.WAITING_INPUT) == 1;
        boolean answered = waits && entities.createNativeQuery("update run_question set answer = :answer where run = :run and id = :id and answer is null")
                .setParameter("answer", answer).setParameter("run", id.value()).setParameter("id", question).executeUpdate() == 1;
        if (answered) {
            RunRow.update("status = ?1 where id = ?2", then, id.value());
            refuseTooMany(id, then);
            record(id, draw, at, "question.answered", data);
        }
        return answered || done(id, draw);
    }

    @Override
    public boolean extend(RunId id, Extra before, Extra after, String draw, Instant at, Map<String, Object> data) {
        boolean extended = held(id).filter(before::equals).isPresent() && kept(id, RunStep.SEARCH, Object.class).isEmpty() && entities.createNativeQuery(EXTEND)
                .setParameter("trials", after.trials()).setParameter("seconds", after.seconds()).setParameter("id", id.value()).executeUpdate() == 1;
        if (extended) {
            record(id, draw, at, "budget.updated", data);
        }
        return extended || done(id, draw);
    }

    private static Stream<Object[]> rows(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(Object[].class::cast);
    }

    /** What the run was given, which changes in no other transaction until this one ends. */
    private Optional<Extra> held(RunId id) {
        return rows(entities.createNativeQuery("select extra_trials, extra_seconds from run where id = :id for no key update", Object[].class).setParameter("id", id.value())).findFirst().map(row -> new Extra(((Number) row[0]).longValue(), ((Number) row[1]).doubleValue()));
    }

    @Override
    @LeaderOnly
    public boolean keepUnlessExtended(RunId id, RunStep step, Object output, Extra seen) {
        boolean same = held(id).filter(seen::equals).isPresent();
        if (same) {
            keep(id, step, output);
        }
        return same;
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
