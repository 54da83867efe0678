package io.tunesmith.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the service bears while a run goes on, and how fast it answers for one run; the generator is this process, on the same machine. */
@Command(name = "doors", mixinStandardHelpOptions = true, description = "Open streams, MCP sessions and slow readers while a run goes on, then GET of a run beside a bare Quarkus endpoint; exit code 1 if a bound is missed.")
final class DoorsBench implements Callable<Integer> {
    private static final int SLOTS = 2;
    private static final int MOST_TRIALS = 100_000;
    private static final Set<String> OVER = Set.of("succeeded", "failed", "cancelled", "budget_exhausted");

    @Option(names = "--seconds", defaultValue = "60", paramLabel = "S", description = "How long the load stays (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--streams", defaultValue = "500", paramLabel = "N", description = "Open streams of the run's events (default ${DEFAULT-VALUE}).")
    private int streams;

    @Option(names = "--sessions", defaultValue = "1000", paramLabel = "N", description = "MCP sessions (default ${DEFAULT-VALUE}).")
    private int sessions;

    @Option(names = "--call-every", defaultValue = "5", paramLabel = "S", description = "Seconds between two calls of one MCP session (default ${DEFAULT-VALUE}).")
    private int callEvery;

    @Option(names = "--slow", defaultValue = "20", paramLabel = "N", description = "Streams that are never read (default ${DEFAULT-VALUE}).")
    private int slow;

    @Option(names = "--reopen", defaultValue = "20", paramLabel = "N", description = "Streams a second that are closed and opened anew (default ${DEFAULT-VALUE}).")
    private int reopen;

    @Option(names = "--get-seconds", defaultValue = "15", paramLabel = "S", description = "Length of a round of GETs; 0: none (default ${DEFAULT-VALUE}).")
    private double getSeconds;

    @Option(names = "--connections", defaultValue = "32", paramLabel = "N", description = "Connections of the GETs (default ${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--rounds", defaultValue = "3", paramLabel = "N", description = "Rounds of GETs, each of ours and of the bare endpoint (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private ScratchOptions scratch = new ScratchOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Scratch folder = scratch.folder()) {
            ServiceProcess service = ServiceProcess.start(folder.folder().resolve("data"), SLOTS);
            String dataset = service.calls().upload(Installation.here().example());
            boolean kept = seconds <= 0 || loaded(service, dataset);
            if (getSeconds > 0) {
                asked(folder.folder(), service, dataset);
            }
            service.stop();
            return kept ? 0 : 1;
        }
    }

    private boolean loaded(ServiceProcess service, String dataset) throws IOException, InterruptedException {
        String run = service.calls().run(dataset, MOST_TRIALS, 1, Duration.ofSeconds(3L * seconds + 600));
        await(service, run, Set.of("running"));
        boolean kept = new DoorsLoad(service, run, streams, sessions, slow, reopen, callEvery, seconds).play();
        service.calls().delete("/api/v1/runs/" + run);
        await(service, run, OVER);
        return kept;
    }

    /** A run that has ended with a model, which answers most and never changes; and one that is open and waits, so that nothing else takes processors. */
    private void asked(Path folder, ServiceProcess service, String dataset) throws IOException, InterruptedException {
        String ended = service.calls().run(dataset, 10, 1, Duration.ofMinutes(5));
        await(service, ended, OVER);
        new GetBench(folder, service, ended, "ended run", connections, getSeconds, rounds).play();
        String waiting = service.calls().plan(dataset);
        await(service, waiting, Set.of("waiting_input"));
        new GetBench(folder, service, waiting, "waiting run", connections, getSeconds, rounds).play();
    }

    private static void await(ServiceProcess service, String run, Set<String> statuses) throws IOException, InterruptedException {
        String status = service.calls().status(run);
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5); !statuses.contains(status); status = service.calls().status(run)) {
            if (System.nanoTime() > end || OVER.contains(status)) {
                throw new IllegalStateException("the run is " + status);
            }
            Thread.sleep(500);
        }
    }
}
