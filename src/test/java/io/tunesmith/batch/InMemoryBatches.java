package io.tunesmith.batch;

import io.tunesmith.core.BatchId;
import io.tunesmith.core.FileId;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Batches in memory, by the rules of the port. Every call passes the tripwire before and after its effect. For one thread. */
final class InMemoryBatches implements BatchStore {
    final Map<BatchId, Batch> batches = new LinkedHashMap<>();
    final Map<BatchId, TreeMap<Integer, BatchLine>> lines = new HashMap<>();
    /** How often each line was ended, over the whole life of its batch. */
    final Map<String, Integer> ends = new HashMap<>();
    private final Runnable tripwire;

    InMemoryBatches(Runnable tripwire) {
        this.tripwire = tripwire;
    }

    @Override
    public boolean create(Batch batch, int most) {
        boolean room = batches.containsKey(batch.id()) || batches.values().stream().filter(other -> other.owner().equals(batch.owner()) && !other.status().terminal()).count() < most;
        if (room) {
            batches.putIfAbsent(batch.id(), batch);
        }
        return room;
    }

    @Override
    public Optional<Batch> find(BatchId id) {
        return Optional.ofNullable(batches.get(id));
    }

    @Override
    public List<Batch> list(Caller caller, Optional<BatchId> after, int limit) {
        return batches.values().stream().filter(batch -> caller.sees(batch.owner())).toList().reversed().stream().filter(batch -> after.map(id -> batch.id().value().compareTo(id.value()) < 0).orElse(true)).limit(limit).toList();
    }

    @Override
    public List<Batch> open() {
        return batches.values().stream().filter(batch -> !batch.status().terminal()).toList();
    }

    @Override
    public boolean cancel(BatchId id, Instant at) {
        return move(id, Set.of(BatchStatus.VALIDATING, BatchStatus.IN_PROGRESS), BatchStatus.CANCELLING, at, batch -> batch);
    }

    @Override
    public void add(BatchId id, List<BatchLine> added) {
        tripwire.run();
        added.forEach(line -> lines.computeIfAbsent(id, _ -> new TreeMap<>()).putIfAbsent(line.number(), line));
        tripwire.run();
    }

    @Override
    public boolean begin(BatchId id, int total, Instant at) {
        return move(id, Set.of(BatchStatus.VALIDATING), BatchStatus.IN_PROGRESS, at, batch -> with(batch, batch.status(), batch.errors(), new Batch.Counts(total, 0, 0), batch.output(), batch.error(), batch.reached()));
    }

    @Override
    public boolean fail(BatchId id, List<BatchError> errors, Instant at) {
        return move(id, Set.of(BatchStatus.VALIDATING), BatchStatus.FAILED, at, batch -> with(batch, batch.status(), errors, batch.counts(), batch.output(), batch.error(), batch.reached()));
    }

    @Override
    public boolean finalizing(BatchId id, boolean late, Instant at) {
        return move(id, Set.of(BatchStatus.IN_PROGRESS), BatchStatus.FINALIZING, at, batch -> late ? reaching(batch, BatchStatus.EXPIRED, at) : batch);
    }

    @Override
    public List<BatchLine> lines(BatchId id, Set<BatchLine.State> states, int after, int limit) {
        tripwire.run();
        return lines.getOrDefault(id, new TreeMap<>()).tailMap(after, false).values().stream().filter(line -> states.contains(line.state())).limit(limit).toList();
    }

    @Override
    public boolean draw(BatchId id, int number, RunId run, Spend reserved) {
        tripwire.run();
        BatchLine line = lines.get(id).get(number);
        boolean waits = line.state() == BatchLine.State.WAITING;
        if (waits) {
            lines.get(id).put(number, new BatchLine(number, line.customId(), line.request(), line.body(), BatchLine.State.UNDER_WAY, Optional.of(run), reserved, Optional.empty()));
        }
        tripwire.run();
        return waits;
    }

    @Override
    public boolean end(BatchId id, int number, LineAnswer answer, Spend spent) {
        tripwire.run();
        BatchLine line = lines.get(id).get(number);
        boolean open = line.state() != BatchLine.State.ENDED;
        if (open) {
            lines.get(id).put(number, new BatchLine(number, line.customId(), line.request(), "", BatchLine.State.ENDED, line.run(), spent, Optional.of(answer)));
            ends.merge(line.customId(), 1, Integer::sum);
            batches.computeIfPresent(id, (_, batch) -> with(batch, batch.status(), batch.errors(), new Batch.Counts(batch.counts().total(), batch.counts().completed() + (answer.good() ? 1 : 0),
                    batch.counts().failed() + (answer.good() ? 0 : 1)), batch.output(), batch.error(), batch.reached()));
        }
        tripwire.run();
        return open;
    }

    @Override
    public Spend spent(BatchId id, BatchLine.State state) {
        List<Spend> spends = lines.getOrDefault(id, new TreeMap<>()).values().stream().filter(line -> line.state() == state).map(BatchLine::spend).toList();
        return new Spend(spends.stream().mapToDouble(Spend::seconds).sum(), Optional.of(spends.stream().mapToLong(Spend::count).sum()));
    }

    @Override
    public Batch outputs(BatchId id, FileId output, FileId error) {
        tripwire.run();
        Batch named = batches.computeIfPresent(id, (_, batch) -> with(batch, batch.status(), batch.errors(), batch.counts(), batch.output().or(() -> Optional.of(output)), batch.error().or(() -> Optional.of(error)), batch.reached()));
        tripwire.run();
        return named;
    }

    @Override
    public boolean close(BatchId id, BatchStatus ending, Instant at) {
        return move(id, Set.of(BatchStatus.FINALIZING, BatchStatus.CANCELLING), ending, at, batch -> {
            lines.remove(id);
            Batch.Counts counts = batch.counts();
            return with(batch, batch.status(), batch.errors(), new Batch.Counts(counts.completed() + counts.failed(), counts.completed(), counts.failed()), batch.output().filter(_ -> counts.completed() > 0),
                    batch.error().filter(_ -> counts.failed() > 0), batch.reached());
        });
    }

    private boolean move(BatchId id, Set<BatchStatus> from, BatchStatus to, Instant at, UnaryOperator<Batch> more) {
        tripwire.run();
        boolean moves = from.contains(batches.get(id).status());
        if (moves) {
            Batch batch = reaching(more.apply(batches.get(id)), to, at);
            batches.put(id, with(batch, to, batch.errors(), batch.counts(), batch.output(), batch.error(), batch.reached()));
        }
        tripwire.run();
        return moves;
    }

    private static Batch reaching(Batch batch, BatchStatus status, Instant at) {
        Map<BatchStatus, Instant> reached = new HashMap<>(batch.reached());
        reached.put(status, at);
        return with(batch, batch.status(), batch.errors(), batch.counts(), batch.output(), batch.error(), reached);
    }

    private static Batch with(Batch batch, BatchStatus status, List<BatchError> errors, Batch.Counts counts, Optional<FileId> output, Optional<FileId> error, Map<BatchStatus, Instant> reached) {
        return new Batch(batch.id(), batch.owner(), batch.endpoint(), batch.input(), batch.metadata(), batch.keepOutput(), batch.cap(), status, new ArrayList<>(errors), counts, output, error, batch.created(), batch.expires(), reached);
    }
}
