package io.tunesmith.cli;

import io.tunesmith.api.rest.BatchLineView;
import java.util.Locale;

/** How far a batch is, on standard error: a bar on a terminal, a line for each request that ended otherwise. Thread-safe. */
final class BatchProgress {
    private static final int WIDTH = 24;
    private final Terminal terminal;
    private final int total;
    private int done;
    private int failed;

    /** @param done requests that had ended before, and {@code failed} of them without a model */
    BatchProgress(Terminal terminal, int total, int done, int failed) {
        this.terminal = terminal;
        this.total = total;
        this.done = done;
        this.failed = failed;
    }

    synchronized void done(BatchLineView line) {
        done++;
        failed += line.good() ? 0 : 1;
        if (terminal.interactive()) {
            draw();
        } else {
            System.err.println("done     " + done + "/" + total + "  " + Terminal.safe(line.customId()) + "  " + told(line));
        }
    }

    synchronized void draw() {
        if (terminal.interactive()) {
            int filled = total == 0 ? WIDTH : (int) ((long) done * WIDTH / total);
            System.err.print("\r\u001b[2K" + terminal.dim("█".repeat(filled) + "░".repeat(WIDTH - filled)) + String.format(Locale.ROOT, " %d/%d requests", done, total) + (failed == 0 ? "" : ", " + terminal.red(failed + " without a model")));
            System.err.flush();
        }
    }

    synchronized void close() {
        if (terminal.interactive()) {
            System.err.print("\r\u001b[2K");
        }
    }

    private static String told(BatchLineView line) {
        String run = line.response().map(answer -> answer.body().path("run_id").asText("")).orElse("");
        String how = line.good() ? "ok" : line.error().map(BatchLineView.Refusal::code).orElseGet(() -> line.response().orElseThrow().body().path("error").path("code").asText("failed"));
        return Terminal.safe(how + (run.isEmpty() ? "" : "  " + run));
    }
}
