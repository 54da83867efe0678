package io.tunesmith.batch;

import io.tunesmith.core.BatchId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Ids;
import io.tunesmith.run.Caller;
import io.tunesmith.run.FilePurpose;
import io.tunesmith.run.FileService;
import io.tunesmith.run.FileStore;
import io.tunesmith.run.Scope;
import io.tunesmith.run.StoredFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Takes batches and works them through, a step at each tick of the service that leads; a stopped service's are gone on with where they were. Thread-safe. */
public final class BatchService {
    private static final Duration FULL = Duration.ofSeconds(30);
    private final BatchStore store;
    private final FileStore files;
    private final BatchWork work;
    private final Ids ids;
    private final Clock clock;
    private final BatchSettings settings;
    private final Executor executor;
    private final Set<BatchId> busy = ConcurrentHashMap.newKeySet();

    /**
     * @param scratch a folder on the same disk as the files
     * @param executor runs the steps: one that runs them at once makes a tick whole
     */
    public BatchService(BatchStore store, FileStore files, LineRunner runner, Ids ids, Clock clock, BatchSettings settings, Path scratch, Executor executor) {
        this.store = store;
        this.files = files;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
        this.executor = executor;
        this.work = new BatchWork(store, files, runner, ids, clock, settings, new BatchOutput(store, files, scratch));
    }

    /** What this caller can do. */
    public Batches as(Caller caller) {
        return new Own(caller);
    }

    /** Called about once a second while this service leads: each batch that has not ended is brought a step further, unless its last step still goes on. */
    public void tick() {
        for (Batch batch : store.open()) {
            if (busy.add(batch.id())) {
                executor.execute(() -> step(batch.id()));
            }
        }
    }

    private void step(BatchId id) {
        try {
            store.find(id).ifPresent(work::advance);
        } finally {
            busy.remove(id);
        }
    }

    private final class Own implements Batches {
        private final Caller caller;

        Own(Caller caller) {
            this.caller = caller;
        }

        @Override
        public Batch create(BatchOrder order) {
            caller.needs(Scope.RUN);
            Instant now = clock.instant();
            StoredFile input = files.find(order.input(), now).filter(file -> caller.sees(file.owner())).orElseThrow(() -> FileService.unknown(order.input().value()));
            if (input.purpose() != FilePurpose.BATCH) {
                throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "input_file_id", "the purpose of " + input.id() + " is " + input.purpose().wire()).allowed("a file of purpose batch").asException();
            }
            BatchCap cap = new BatchCap(order.maxSeconds().orElse(settings.cap().seconds()), order.maxTrials().or(settings.cap()::trials));
            Batch batch = new Batch(ids.batch(), caller.owner(), order.endpoint(), input.id(), order.metadata(), order.keepOutput(), lower(cap), BatchStatus.VALIDATING, List.of(), Batch.Counts.NONE,
                    Optional.empty(), Optional.empty(), now, now.plus(settings.expiry()), Map.of());
            if (!store.create(batch, settings.openEach())) {
                throw new Failure.Transient(FailureCode.RATE_LIMITED, settings.openEach() + " batches of this key have not ended, and more are not taken: wait until one ends, or cancel one", FULL).asException();
            }
            return batch;
        }

        @Override
        public Optional<Batch> find(BatchId id) {
            return store.find(id).filter(batch -> caller.sees(batch.owner()));
        }

        @Override
        public List<Batch> list(Optional<BatchId> after, int limit) {
            return store.list(caller, after, limit);
        }

        @Override
        public Batch cancel(BatchId id) {
            Batch batch = find(id).orElseThrow(() -> unknown(id.value()));
            caller.needs(Scope.RUN);
            if (store.cancel(id, clock.instant()) || batch.status() == BatchStatus.CANCELLING || batch.status() == BatchStatus.CANCELLED) {
                return find(id).orElseThrow(() -> unknown(id.value()));
            }
            BatchStatus now = find(id).map(Batch::status).orElse(batch.status());
            throw Failure.BadRequest.of(FailureCode.RUN_CONFLICT, "batch_id", "the batch is " + now.wire() + " and cannot be cancelled").allowed("a batch that is validating or in_progress").asException();
        }
    }

    /** A caller may ask for less than the service allows, not for more. */
    private BatchCap lower(BatchCap asked) {
        if (asked.seconds() > settings.cap().seconds()) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "max_seconds", asked.seconds() + " seconds are more than a batch may spend here").allowed("at most " + settings.cap().seconds()).asException();
        }
        return asked;
    }

    /** The one refusal of an id that names no batch of the caller's. */
    public static RuntimeException unknown(String id) {
        return Failure.BadRequest.of(FailureCode.NOT_FOUND, "batch_id", "there is no batch \"" + id + "\"").hint("list them: GET /v1/batches").asException();
    }
}
