package io.tunesmith.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long a trial waits between its proposal and the first line of its training, and how long whole runs take: real runs of the example, read from
 * their event logs. The first run also pays for the start of the service if none was there.
 */
@Command(name = "dispatch", mixinStandardHelpOptions = true, description = "Milliseconds from a trial's proposal to the first line of its training.")
final class DispatchBench implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path LAUNCHER = Path.of(System.getProperty("tunesmith.launcher", "./tunesmith"));

    @Option(names = "--runs", defaultValue = "5", paramLabel = "N", description = "Runs (default ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--trials", paramLabel = "N", description = "Trials a run (default 50).")
    private Optional<Integer> trials = Optional.empty();

    @Option(names = "--queue", description = "Measure instead how long a free slot waits for its next attempt while 100 to 50,000 wait (about 6 minutes).")
    private boolean queue;

    @Option(names = "--sizes", defaultValue = "100,1000,10000,50000", split = ",", paramLabel = "N", description = "With --queue: how many wait (default ${DEFAULT-VALUE}).")
    private List<Integer> sizes = List.of();

    @Option(names = "--rounds", defaultValue = "3", paramLabel = "N", description = "With --queue: measurements of each size (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--peer", description = "Measure instead trials per second beside Optuna on the same PostgreSQL, with and without kills (--trials, here 500 by default).")
    private boolean peer;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "With --peer: the seed of the runs (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--scratch", paramLabel = "DIR", description = "Where scratch folders are made (default: the system's).")
    private Path scratch = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (peer) {
            new PeerBench(scratch, trials.orElse(500), seed).run();
            return 0;
        }
        return queue ? new QueueBench(scratch, sizes, rounds).run() ? 0 : 1 : waits();
    }

    private int waits() throws IOException, InterruptedException {
        System.out.printf(Locale.ROOT, "%-6s %8s %8s %10s %10s %10s %10s%n", "run", "seconds", "trials", "first ms", "median ms", "p90 ms", "max ms");
        List<Double> all = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            JsonNode result = JSON.readTree(tunesmith("run", "Predict the species of a penguin from its measurements. I care about balanced accuracy.", "--data", example(),
                    "--trials", Integer.toString(trials.orElse(50)), "--seed", Integer.toString(run), "--json", "--quiet", "--out", System.getProperty("java.io.tmpdir") + "/tunesmith-bench-" + run));
            List<Double> waits = waits(tunesmith("show", result.path("run_id").asText(), "--events"));
            double first = waits.isEmpty() ? Double.NaN : waits.getFirst();
            System.out.printf(Locale.ROOT, "%-6d %8.1f %8d %10.0f %10.0f %10.0f %10.0f%n", run, result.path("seconds").asDouble(), waits.size(), first, quantile(waits, .5), quantile(waits, .9), quantile(waits, 1));
            all.addAll(waits);
        }
        System.out.printf(Locale.ROOT, "all: median %.0f ms, p90 %.0f ms, max %.0f ms over %d trials%n", quantile(all, .5), quantile(all, .9), quantile(all, 1), all.size());
        return 0;
    }

    private static String example() {
        return LAUNCHER.resolveSibling("eval/examples/penguins.csv").toString();
    }

    /** Milliseconds of each trial, by number. */
    static List<Double> waits(String events) throws IOException {
        Map<Integer, Instant> proposed = new HashMap<>();
        List<Double> waits = new ArrayList<>();
        for (String line : events.lines().toList()) {
            JsonNode event = JSON.readTree(line);
            int number = event.path("data").path("number").asInt();
            Instant at = Instant.parse(event.path("at").asText("1970-01-01T00:00:00Z"));
            if (event.path("type").asText().equals("trial.started")) {
                proposed.put(number, at);
            } else if (event.path("type").asText().equals("trial.training") && proposed.containsKey(number)) {
                waits.add(Duration.between(proposed.remove(number), at).toNanos() / 1e6);
            }
        }
        return waits;
    }

    /** The nearest-rank quantile; not-a-number of nothing. */
    static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) Math.max(0, Math.ceil(share * sorted.size()) - 1));
    }

    private static String tunesmith(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("tunesmith " + arguments[0] + " failed: " + out);
        }
        return out;
    }
}
