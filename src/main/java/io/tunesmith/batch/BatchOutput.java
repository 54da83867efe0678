package io.tunesmith.batch;

import io.tunesmith.batch.BatchLine.State;
import io.tunesmith.core.FileId;
import io.tunesmith.run.FilePurpose;
import io.tunesmith.run.FileStore;
import io.tunesmith.run.StoredFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Writes what lines have come to: the answers in one file, refusals in the other, in the order of the input. */
final class BatchOutput {
    private static final int PIECE = 200;
    private final BatchStore store;
    private final FileStore files;
    private final Path scratch;

    BatchOutput(BatchStore store, FileStore files, Path scratch) {
        this.store = store;
        this.files = files;
        this.scratch = scratch;
    }

    /** A file that was kept before stays; one without a line is not kept. */
    void write(Batch batch, Instant now) {
        write(batch, batch.output().orElseThrow(), "output", LineAnswer::good, now);
        write(batch, batch.error().orElseThrow(), "error", answer -> !answer.good(), now);
    }

    private void write(Batch batch, FileId id, String kind, Predicate<LineAnswer> wanted, Instant now) {
        if (files.find(id, now).isPresent()) {
            return;
        }
        try {
            Path draft = Files.createTempFile(scratch, "batch", ".jsonl");
            try {
                fill(batch, draft, wanted);
                if (Files.size(draft) > 0) {
                    files.keep(new StoredFile(id, batch.owner(), batch.id() + "_" + kind + ".jsonl", FilePurpose.BATCH_OUTPUT, Files.size(draft), now, batch.keepOutput().map(now::plus)), draft);
                }
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the output of " + batch.id() + " cannot be written", e);
        }
    }

    private void fill(Batch batch, Path draft, Predicate<LineAnswer> wanted) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(draft)) {
            int after = 0;
            List<BatchLine> lines = store.lines(batch.id(), Set.of(State.ENDED), after, PIECE);
            while (!lines.isEmpty()) {
                for (BatchLine line : lines) {
                    if (wanted.test(line.answer().orElseThrow())) {
                        out.write(AnswerJson.line(line.request(), line.customId(), line.answer().orElseThrow()));
                        out.write('\n');
                    }
                    after = line.number();
                }
                lines = store.lines(batch.id(), Set.of(State.ENDED), after, PIECE);
            }
        }
    }
}
