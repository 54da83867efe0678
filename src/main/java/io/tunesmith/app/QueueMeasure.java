package io.tunesmith.app;

import io.tunesmith.bench.NoopObjective;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Callback;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.Resources;
import io.tunesmith.contract.TaskKind;
import io.tunesmith.contract.TrainOptions;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Metric;
import io.tunesmith.core.RunId;
import io.tunesmith.dispatch.Attempt;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.Where;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/**
 * Measures how long a free slot waits for its next attempt while a given number of attempts wait: no-op attempts ({@link NoopObjective}) through the
 * service's own dispatcher, store, backend and workers. For each attempt that ends another comes, so that the number stays. What waits at the end was
 * never stored and goes with the service.
 *
 * @param folder where the attempts' folders are made
 */
record QueueMeasure(Dispatcher dispatcher, RunId run, Path folder, String url, long memoryBytes, int slots) {
    /** Attempts that end before the measured ones: the same for every number of waiting ones. */
    private static final int WARM_UP = 600;
    private static final int MEASURED = 600;
    private static final int CALLERS = 8;

    /** Prints one line of JSON. Returns the exit code. */
    int play(int waiting) throws InterruptedException {
        BlockingQueue<Attempt> ended = new LinkedBlockingQueue<>();
        Instant begin = Instant.now();
        enqueue(waiting + slots, ended);
        Duration enqueued = Duration.between(begin, Instant.now());
        try (ExecutorService more = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Attempt> all = new ArrayList<>();
            int number = waiting + slots;
            while (all.size() < WARM_UP + MEASURED) {
                all.add(ended.take());
                int next = number++;
                more.submit(() -> start(next, ended));
            }
            List<Double> millis = waits(all).subList(WARM_UP - slots, WARM_UP + MEASURED - slots).stream().sorted().toList();
            System.out.println(String.format(Locale.ROOT, "{\"waiting\":%d,\"enqueue_seconds\":%.2f,\"median\":%.2f,\"p90\":%.2f,\"attempts\":%d}", waiting, enqueued.toMillis() / 1000.0,
                    millis.get(millis.size() / 2), millis.get(millis.size() * 9 / 10), millis.size()));
        }
        return 0;
    }

    /** Milliseconds from the k-th recorded end to the claim that took the slot: with s slots the (k+s)-th. */
    private List<Double> waits(List<Attempt> all) {
        List<Instant> ends = all.stream().map(Attempt::heard).sorted().toList();
        List<Instant> claims = all.stream().map(attempt -> attempt.claimed().orElseThrow()).sorted().toList();
        return IntStream.range(slots, claims.size()).mapToObj(k -> Duration.between(ends.get(k - slots), claims.get(k)).toNanos() / 1e6).toList();
    }

    private void enqueue(int count, BlockingQueue<Attempt> ended) {
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS, Thread.ofVirtual().factory())) {
            IntStream.range(0, count).forEach(number -> callers.submit(() -> start(number, ended)));
        }
    }

    private CompletableFuture<Void> start(int number, BlockingQueue<Attempt> ended) {
        AttemptKey key = AttemptKey.of(run, "t" + number, 1);
        TrainOptions options = new TrainOptions(TaskKind.BINARY, "target", Metric.named("balanced_accuracy").orElseThrow(), List.of());
        AttemptSpec spec = new AttemptSpec(key, 1, "tabular", 1, Operation.TRAIN, Map.of("x", number), number, Map.of(), Wire.tree(options), 1,
                new Resources(0, memoryBytes, 3600, 1), Optional.empty(), Optional.of(new Callback(url + "/api/v1/attempts/" + key)));
        return dispatcher.run(new Dispatcher.Work(key, folder.resolve(key.value()), spec, Map.of(), run.value() + "/training", Where.ANYWHERE, _ -> Report.Answer.GO_ON)).thenAccept(ended::add);
    }
}
