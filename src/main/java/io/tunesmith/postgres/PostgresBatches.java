package io.tunesmith.postgres;

import io.quarkus.panache.common.Page;
import io.tunesmith.batch.Batch;
import io.tunesmith.batch.BatchError;
import io.tunesmith.batch.BatchLine;
import io.tunesmith.batch.BatchStatus;
import io.tunesmith.batch.BatchStore;
import io.tunesmith.batch.LineAnswer;
import io.tunesmith.batch.Spend;
import io.tunesmith.core.BatchId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FileId;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Batches in PostgreSQL. Thread-safe: every call is one transaction, and a status changes only in a statement that checks the one before. */
@ApplicationScoped
@Outlasting
@Transactional
public class PostgresBatches implements BatchStore {
    private static final String MOVE = """
            update batch set status = :to, reached = reached || jsonb_build_object(cast(:to as text), cast(:at as text)) || cast(:more as jsonb)
            where id = :id and status in (:from)""";
    private static final List<BatchStatus> OPEN = List.of(BatchStatus.VALIDATING, BatchStatus.IN_PROGRESS, BatchStatus.FINALIZING, BatchStatus.CANCELLING);
    private final EntityManager entities;
    private final DiskSpace space;

    public PostgresBatches(EntityManager entities, DiskSpace space) {
        this.entities = entities;
        this.space = space;
    }

    /** Counted behind a lock of the owner's, so that two services cannot both let the last one in. */
    @Override
    public boolean create(Batch batch, int most) {
        space.check();
        entities.createNativeQuery("select pg_advisory_xact_lock(hashtextextended(:owner, 11))", Object.class).setParameter("owner", batch.owner()).getResultList();
        boolean kept = BatchRow.findByIdOptional(batch.id().value()).isPresent();
        if (!kept && BatchRow.count("owner = ?1 and status in (?2)", batch.owner(), OPEN) >= most) {
            return false;
        }
        if (!kept) {
            BatchRow.of(batch).persist();
        }
        return true;
    }

    @Override
    public Optional<Batch> find(BatchId id) {
        return BatchRow.<BatchRow>findByIdOptional(id.value()).map(BatchRow::batch);
    }

    /** Ids sort by the time they were made. */
    @Override
    public List<Batch> list(Caller caller, Optional<BatchId> after, int limit) {
        return BatchRow.<BatchRow>find("(?1 = true or owner = ?2) and (?3 = '' or id < ?3) order by id desc", caller.scope() == Scope.ADMIN, caller.owner(), after.map(BatchId::value).orElse(""))
                .page(Page.ofSize(limit)).stream().map(BatchRow::batch).toList();
    }

    @Override
    public List<Batch> open() {
        return BatchRow.<BatchRow>find("status in (?1) order by created, id", OPEN)
                .stream().map(BatchRow::batch).toList();
    }

    @Override
    public boolean cancel(BatchId id, Instant at) {
        return move(id, Set.of(BatchStatus.VALIDATING, BatchStatus.IN_PROGRESS), BatchStatus.CANCELLING, at, "{}");
    }

    @Override
    @LeaderOnly
    public void add(BatchId id, List<BatchLine> lines) {
        lines(id).add(lines);
    }

    @Override
    @LeaderOnly
    public boolean begin(BatchId id, int total, Instant at) {
        boolean moved = move(id, Set.of(BatchStatus.VALIDATING), BatchStatus.IN_PROGRESS, at, "{}");
        if (moved) {
            BatchRow.update("total = ?1 where id = ?2", total, id.value());
        }
        return moved;
    }

    @Override
    @LeaderOnly
    public boolean fail(BatchId id, List<BatchError> errors, Instant at) {
        boolean moved = move(id, Set.of(BatchStatus.VALIDATING), BatchStatus.FAILED, at, "{}");
        if (moved) {
            entities.createNativeQuery("update batch set errors = cast(:errors as jsonb) where id = :id").setParameter("errors", Json.write(errors)).setParameter("id", id.value()).executeUpdate();
        }
        return moved;
    }

    @Override
    @LeaderOnly
    public boolean finalizing(BatchId id, boolean late, Instant at) {
        return move(id, Set.of(BatchStatus.IN_PROGRESS), BatchStatus.FINALIZING, at, late ? "{\"" + BatchStatus.EXPIRED + "\":\"" + at + "\"}" : "{}");
    }

    @Override
    public List<BatchLine> lines(BatchId id, Set<BatchLine.State> states, int after, int limit) {
        return lines(id).list(states, after, limit);
    }

    @Override
    @LeaderOnly
    public boolean draw(BatchId id, int number, RunId run, Spend reserved) {
        return lines(id).draw(number, run, reserved);
    }

    @Override
    @LeaderOnly
    public boolean end(BatchId id, int number, LineAnswer answer, Spend spent) {
        boolean ended = lines(id).end(number, answer, spent);
        if (ended) {
            BatchRow.update(answer.good() ? "completed = completed + 1 where id = ?1" : "failed = failed + 1 where id = ?1", id.value());
        }
        return ended;
    }

    @Override
    public Spend spent(BatchId id, BatchLine.State state) {
        return lines(id).spent(state);
    }

    @Override
    @LeaderOnly
    public Batch outputs(BatchId id, FileId output, FileId error) {
        BatchRow.update("output = coalesce(output, ?1), error = coalesce(error, ?2) where id = ?3", output.value(), error.value(), id.value());
        return find(id).orElseThrow(() -> Failure.BadRequest.of(FailureCode.NOT_FOUND, "batch_id", "there is no batch " + id).asException());
    }

    /** A batch that was cancelled before it began has no total yet: its lines say it. */
    @Override
    @LeaderOnly
    public boolean close(BatchId id, BatchStatus ending, Instant at) {
        boolean moved = move(id, Set.of(BatchStatus.FINALIZING, BatchStatus.CANCELLING), ending, at, "{}");
        if (moved) {
            entities.createNativeQuery("update batch set total = completed + failed, output = case when completed > 0 then output end, error = case when failed > 0 then error end where id = :id")
                    .setParameter("id", id.value()).executeUpdate();
            lines(id).forget();
        }
        return moved;
    }

    private boolean move(BatchId id, Set<BatchStatus> from, BatchStatus to, Instant at, String more) {
        return entities.createNativeQuery(MOVE).setParameter("to", to.name()).setParameter("at", at.toString()).setParameter("more", more).setParameter("id", id.value())
                .setParameter("from", from.stream().map(Enum::name).toList()).executeUpdate() == 1;
    }

    private BatchLines lines(BatchId id) {
        return new BatchLines(entities, id);
    }
}
