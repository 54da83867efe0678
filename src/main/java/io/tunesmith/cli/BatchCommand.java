package io.tunesmith.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.api.rest.BatchLineView;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tunesmith batch}: many requests, one after the other or a few at once; given again after a kill it goes on where it was. */
@Command(name = "batch", mixinStandardHelpOptions = true, description = "Runs many requests from a file of JSON lines or a folder of prompt files; given again, it goes on where it was.")
final class BatchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "REQUESTS", description = "A file of JSON lines, a prompt file (.md), or a folder of prompt files.")
    private Path requests;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where results go, a JSON line each; those that are there are kept.")
    private Path out;

    @Option(names = "--concurrency", paramLabel = "N", defaultValue = "2", description = "Requests under way at once, 1 to 64 (default ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(names = "--max-minutes", paramLabel = "M", description = "At most this many minutes for all runs together; what does not fit is not run.")
    private Optional<Double> maxMinutes = Optional.empty();

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() throws InterruptedException {
        check();
        BatchRequests.Reading reading = BatchRequests.read(requests);
        if (!reading.complaints().isEmpty()) {
            reading.complaints().forEach(complaint -> System.err.println(Terminal.safe(complaint)));
            return Errors.print(Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "requests", reading.complaints().size() + " things are wrong, so nothing was started; the first: " + reading.complaints().getFirst())
                    .hint("mend them and give the same command again"), common.json());
        }
        try (BatchResults results = BatchResults.open(out)) {
            return run(reading.items(), results);
        }
    }

    private void check() {
        if (!Files.exists(requests)) {
            throw Failure.BadRequest.of(FailureCode.NOT_FOUND, "requests", "there is no file or folder " + requests).hint("check the path; it is relative to " + Path.of("").toAbsolutePath()).asException();
        }
        if (concurrency < 1 || concurrency > 64) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "concurrency", "concurrency cannot be " + concurrency).allowed("1 to 64").asException();
        }
        maxMinutes.filter(value -> !(value >= 0.1 && value <= 43_200)).ifPresent(value -> {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "max-minutes", "max-minutes cannot be " + value).allowed("a number from 0.1 to 43200").asException();
        });
        if (Files.isDirectory(out) || out.getFileName() == null) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "out", out + " is a folder").allowed("a file").asException();
        }
    }

    private int run(List<BatchItem> items, BatchResults results) throws InterruptedException {
        items.forEach(item -> results.find(item.customId()).filter(line -> !line.id().equals(item.id())).ifPresent(_ -> {
            throw Failure.BadRequest.of(FailureCode.REFUSED, "out", out + " has a result for \"" + item.customId() + "\", but of another request").hint("choose another file with --out, or another custom_id").asException();
        }));
        List<BatchItem> open = items.stream().filter(item -> results.find(item.customId()).isEmpty()).toList();
        int kept = items.size() - open.size();
        if (!open.isEmpty()) {
            go(open, items.size(), results);
        }
        results.complete();
        return summary(items, kept, results);
    }

    private void go(List<BatchItem> open, int total, BatchResults results) throws InterruptedException {
        long bad = results.all().stream().filter(line -> !line.good()).count();
        AtomicBoolean ended = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> detached(ended)));
        BatchProgress progress = new BatchProgress(common.terminal(), total, total - open.size(), (int) bad);
        double spent = results.all().stream().mapToDouble(line -> line.response().map(answer -> answer.body().path("seconds").asDouble(0)).orElse(0.0)).sum();
        try {
            Client client = Service.attachOrStart(common.dataDir());
            progress.draw();
            new BatchRun(client, results, new BatchBudget(maxMinutes.map(minutes -> minutes * 60), spent), progress).all(open, concurrency);
        } finally {
            ended.set(true);
            progress.close();
        }
    }

    private void detached(AtomicBoolean ended) {
        if (!ended.get()) {
            System.err.printf("%nDetached: the runs under way go on. Give the same command again to go on with the batch; what is in %s is kept.%n", out);
            System.err.flush();
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
    }

    private int summary(List<BatchItem> items, int kept, BatchResults results) {
        long completed = items.stream().flatMap(item -> results.find(item.customId()).stream()).filter(BatchLineView::good).count();
        long failed = items.size() - completed;
        if (common.json()) {
            ObjectNode summary = Json.MAPPER.createObjectNode().put("out", out.toString());
            summary.putObject("request_counts").put("total", items.size()).put("completed", completed).put("failed", failed);
            System.out.println(summary.put("kept", kept));
        } else {
            System.out.println(completed + " of " + items.size() + " requests have a model" + (kept == 0 ? "" : " (" + kept + " were done before)") + (failed == 0 ? "" : ", " + failed + " have not") + ": " + out);
        }
        return failed == 0 ? ExitCode.OK : ExitCode.RUN_FAILED;
    }
}
