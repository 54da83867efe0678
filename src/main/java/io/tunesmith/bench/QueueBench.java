package io.tunesmith.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long a free slot waits for its next attempt while many wait. Each measurement has a service of its own (new JVMs, the same warm-up), all on one data
 * folder; the sizes take turns, the other way round in every second round, so that neither warm-up nor a growing database decides.
 */
record QueueBench(Path parent, List<Integer> sizes, int rounds) {
    private static final double MOST_GROWTH = 0.20;

    /** @return whether the growth is below the bound */
    boolean run() throws IOException, InterruptedException {
        Map<Integer, List<JsonNode>> all = new TreeMap<>();
        try (Scratch scratch = Scratch.below(parent)) {
            for (int round = 0; round < rounds; round++) {
                for (int waiting : round % 2 == 0 ? sizes : sizes.reversed()) {
                    JsonNode measured = measure(scratch, waiting);
                    System.err.println(measured);
                    all.computeIfAbsent(waiting, _ -> new ArrayList<>()).add(measured);
                }
            }
        }
        System.out.printf(Locale.ROOT, "%-8s %10s %10s %18s   %s%n", "queued", "median ms", "p90 ms", "enqueued in s", "free slot to claim; medians of " + rounds + " rounds");
        all.forEach((waiting, list) -> System.out.printf(Locale.ROOT, "%-8d %10.1f %10.1f %18.1f%n", waiting, middle(list, "median"), middle(list, "p90"), middle(list, "enqueue_seconds")));
        double growth = middle(all.get(sizes.getLast()), "median") / middle(all.get(sizes.getFirst()), "median") - 1;
        System.out.printf(Locale.ROOT, "from %d to %d: %+.0f %% (at most +%.0f %%)%n", sizes.getFirst(), sizes.getLast(), 100 * growth, 100 * MOST_GROWTH);
        return growth < MOST_GROWTH;
    }

    private static double middle(List<JsonNode> list, String field) {
        return DispatchBench.quantile(list.stream().map(one -> one.path(field).asDouble()).toList(), .5);
    }

    private static JsonNode measure(Scratch scratch, int waiting) throws IOException, InterruptedException {
        List<String> command = Installation.here().service(scratch.folder().resolve("data"), new NoopObjective(0, false), List.of("--port", "0", "--measure-queue", Integer.toString(waiting)));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(scratch.folder().resolve("service.log").toFile())).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the measuring service ended with " + process.exitValue() + ": " + out);
        }
        return ServiceCalls.JSON.readTree(out.lines().filter(line -> line.startsWith("{")).reduce((_, last) -> last).orElseThrow());
    }
}
