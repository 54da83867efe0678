package io.tunesmith.batch;

import io.tunesmith.batch.BatchLine.State;
import io.tunesmith.batch.LineRunner.Progress;
import io.tunesmith.batch.LineRunner.Work;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Ids;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import io.tunesmith.run.FileStore;
import io.tunesmith.run.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Brings one batch a step further. Every step may be cut off anywhere and made again: a line's run is drawn and stored before it is begun, and beginning the
 * same run twice begins it once; a line ends once; files are kept under ids that were stored before they were written.
 */
final class BatchWork {
    private static final int PIECE = 500;
    private final BatchStore store;
    private final FileStore files;
    private final LineRunner runner;
    private final Ids ids;
    private final Clock clock;
    private final BatchSettings settings;
    private final BatchOutput output;

    BatchWork(BatchStore store, FileStore files, LineRunner runner, Ids ids, Clock clock, BatchSettings settings, BatchOutput output) {
        this.store = store;
        this.files = files;
        this.runner = runner;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
        this.output = output;
    }

    void advance(Batch batch) {
        switch (batch.status()) {
            case VALIDATING -> validate(batch);
            case IN_PROGRESS -> work(batch);
            case FINALIZING -> {
                if (!batch.late() || windDown(batch, "batch_expired", "the batch expired before this request was done", batch.reached(BatchStatus.EXPIRED).orElseThrow())) {
                    finish(batch, batch.late() ? BatchStatus.EXPIRED : BatchStatus.COMPLETED);
                }
            }
            case CANCELLING -> {
                if (windDown(batch, "batch_cancelled", "the batch was cancelled before this request was done", batch.reached(BatchStatus.CANCELLING).orElseThrow())) {
                    finish(batch, BatchStatus.CANCELLED);
                }
            }
            case FAILED, COMPLETED, EXPIRED, CANCELLED -> { }
        }
    }

    private void validate(Batch batch) {
        BatchFile file = new BatchFile(files.path(batch.input()), batch.endpoint(), settings.limits());
        try {
            List<BatchError> errors = file.errors(body -> runner.read(batch.endpoint(), body));
            if (errors.isEmpty()) {
                store.begin(batch.id(), keep(batch, file), clock.instant());
            } else {
                store.fail(batch.id(), errors, clock.instant());
            }
        } catch (NoSuchFileException e) {
            store.fail(batch.id(), List.of(new BatchError("file_not_found", "the input file was removed before it was read", Optional.of("input_file_id"), OptionalInt.empty())), clock.instant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int keep(Batch batch, BatchFile file) throws IOException {
        List<BatchLine> piece = new ArrayList<>();
        int total = file.requests(request -> {
            piece.add(new BatchLine(request.line(), request.customId(), ids.next("batch_req_"), request.body(), State.WAITING, Optional.empty(), Spend.NONE, Optional.empty()));
            if (piece.size() == PIECE) {
                store.add(batch.id(), piece);
                piece.clear();
            }
        });
        store.add(batch.id(), piece);
        return total;
    }

    private void work(Batch batch) {
        Instant now = clock.instant();
        List<BatchLine> underWay = store.lines(batch.id(), Set.of(State.UNDER_WAY), 0, Integer.MAX_VALUE);
        int going = 0;
        for (BatchLine line : underWay) {
            going += look(batch, line) ? 1 : 0;
        }
        if (!now.isBefore(batch.expires()) && unfinished(batch)) {
            store.finalizing(batch.id(), true, now);
            return;
        }
        startMore(batch, settings.linesAtOnce() - going);
        if (!unfinished(batch)) {
            store.finalizing(batch.id(), false, now);
        }
    }

    private boolean unfinished(Batch batch) {
        return !store.lines(batch.id(), EnumSet.of(State.WAITING, State.UNDER_WAY), 0, 1).isEmpty();
    }

    /** Ends the line if its run has ended; begins it again where that was cut off. @return whether it is still under way */
    private boolean look(Batch batch, BatchLine line) {
        return switch (runner.look(work(batch, line), owner(batch))) {
            case Progress.Absent _ -> begin(batch, line);
            case Progress.UnderWay _ -> true;
            case Progress.Ended ended -> {
                store.end(batch.id(), line.number(), ended.answer(), ended.spent());
                yield false;
            }
        };
    }

    private void startMore(Batch batch, int free) {
        int places = free;
        int after = 0;
        while (places > 0) {
            List<BatchLine> waiting = store.lines(batch.id(), Set.of(State.WAITING), after, places);
            if (waiting.isEmpty()) {
                return;
            }
            for (BatchLine line : waiting) {
                Optional<Boolean> started = start(batch, line);
                if (started.isEmpty()) {
                    return;
                }
                places -= started.get() ? 1 : 0;
                after = line.number();
            }
        }
    }

    /** @return whether it is under way now, and not ended at once; empty: it has to wait, and so do those after it */
    private Optional<Boolean> start(Batch batch, BatchLine line) {
        Spend granted = batch.cap().granted(runner.read(batch.endpoint(), line.body()));
        return switch (batch.cap().room(store.spent(batch.id(), State.ENDED), store.spent(batch.id(), State.UNDER_WAY), granted)) {
            case LATER -> Optional.empty();
            case NEVER -> {
                store.end(batch.id(), line.number(), new LineAnswer.NeverRan("budget_exceeded", "this request may spend " + granted.seconds() + " seconds"
                        + granted.trials().map(trials -> " and " + trials + " trials").orElse("") + ", and that is more than is left of the batch's " + batch.cap().seconds() + " seconds"
                        + batch.cap().trials().map(trials -> " and " + trials + " trials").orElse("")), Spend.NONE);
                yield Optional.of(false);
            }
            case YES -> Optional.of(draw(batch, line, granted));
        };
    }

    private boolean draw(Batch batch, BatchLine line, Spend granted) {
        RunId run = ids.run();
        if (!store.draw(batch.id(), line.number(), run, granted)) {
            return false;
        }
        return begin(batch, new BatchLine(line.number(), line.customId(), line.request(), line.body(), State.UNDER_WAY, Optional.of(run), granted, Optional.empty()));
    }

    /** @return whether it is under way; what is only refused for now is, and is begun at a later tick */
    private boolean begin(Batch batch, BatchLine line) {
        try {
            Optional<LineAnswer> answer = runner.begin(work(batch, line), owner(batch));
            answer.ifPresent(given -> store.end(batch.id(), line.number(), given, Spend.NONE));
            return answer.isEmpty();
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Transient || e.failure() instanceof Failure.NoCapacity) {
                return true;
            }
            throw e;
        }
    }

    /** Ends every line that has not ended: at once if it waits, else when its run has come to its end, or has been waited for long enough. @return whether all have */
    private boolean windDown(Batch batch, String code, String why, Instant since) {
        LineAnswer none = new LineAnswer.NeverRan(code, why);
        for (List<BatchLine> waiting = waiting(batch); !waiting.isEmpty(); waiting = waiting(batch)) {
            waiting.forEach(line -> store.end(batch.id(), line.number(), none, Spend.NONE));
        }
        boolean patient = clock.instant().isBefore(since.plus(settings.patience()));
        for (BatchLine line : store.lines(batch.id(), Set.of(State.UNDER_WAY), 0, Integer.MAX_VALUE)) {
            switch (runner.look(work(batch, line), owner(batch))) {
                case Progress.Absent _ -> store.end(batch.id(), line.number(), none, Spend.NONE);
                case Progress.Ended ended -> store.end(batch.id(), line.number(), ended.cancelled() ? none : ended.answer(), ended.spent());
                case Progress.UnderWay _ -> {
                    runner.cancel(line.run().orElseThrow(), owner(batch));
                    if (!patient) {
                        store.end(batch.id(), line.number(), none, line.spend());
                    }
                }
            }
        }
        return !unfinished(batch);
    }

    private List<BatchLine> waiting(Batch batch) {
        return store.lines(batch.id(), Set.of(State.WAITING), 0, PIECE);
    }

    private void finish(Batch batch, BatchStatus ending) {
        Batch named = store.outputs(batch.id(), ids.file(), ids.file());
        output.write(named, clock.instant());
        store.close(batch.id(), ending, clock.instant());
    }

    private static Work work(Batch batch, BatchLine line) {
        return new Work(batch.endpoint(), line.body(), line.run().orElseThrow(), line.spend());
    }

    private static Caller owner(Batch batch) {
        return new Caller(batch.owner(), Scope.RUN);
    }
}
