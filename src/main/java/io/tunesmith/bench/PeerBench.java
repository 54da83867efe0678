package io.tunesmith.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Trials per second with an objective that costs nothing, beside Optuna on the same PostgreSQL server: two workers each, TPE on both sides; then the same
 * with a worker killed every two seconds. Counted from the first trial's start to the last one's end, so that neither side pays for its start. While one
 * side is measured the other's processes are stopped.
 */
record PeerBench(Path parent, int trials, long seed) {
    private static final int WORKERS = 2;
    private static final long KILL_EVERY_MILLIS = 2_000;
    private static final Duration LIMIT = Duration.ofMinutes(20);

    void run() throws IOException, InterruptedException {
        Path python = Optuna.environment();
        try (Scratch scratch = Scratch.below(parent)) {
            ServiceProcess service = ServiceProcess.start(scratch.folder().resolve("data"), new NoopObjective(0, false), WORKERS);
            String dataset = service.calls().upload(Installation.here().example());
            List<Throughput> all = new ArrayList<>();
            Throughput.header();
            for (boolean kills : List.of(false, true)) {
                all.add(told(tunesmith(service, scratch.processes(), dataset, kills)));
                all.add(told(optuna(service, scratch.processes(), python, kills)));
            }
            System.out.printf(Locale.ROOT, "Tunesmith / Optuna: %.2f; with kills %.2f (at least 0.50 is the aim)%n", all.get(0).perSecond() / all.get(1).perSecond(), all.get(2).perSecond() / all.get(3).perSecond());
            service.stop();
        }
    }

    private static Throughput told(Throughput measured) {
        measured.print();
        return measured;
    }

    private Throughput tunesmith(ServiceProcess service, Processes processes, String dataset, boolean kills) throws IOException, InterruptedException {
        ServiceCalls calls = service.calls();
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        String run = calls.run(dataset, trials, seed, LIMIT);
        int killed = 0;
        List<JsonNode> recorded = List.of();
        for (long tick = 1; ended(recorded) < trials && !over(calls.status(run)); tick++) {
            Thread.sleep(KILL_EVERY_MILLIS / 2);
            recorded = recorded(calls, run);
            if (kills && tick % 2 == 0 && !recorded.isEmpty()) {
                List<Long> busy = processes.busy(service.dataDir());
                killed += !busy.isEmpty() && processes.signal("KILL", busy.get(random.nextInt(busy.size()))) ? 1 : 0;
            }
        }
        List<JsonNode> last = recorded(calls, run);
        calls.delete("/api/v1/runs/" + run);
        while (!over(calls.status(run))) {
            Thread.sleep(200);
        }
        List<JsonNode> good = last.stream().filter(trial -> List.of("succeeded", "pruned").contains(trial.path("state").asText())).toList();
        int numbers = (int) last.stream().map(trial -> trial.path("number").asInt()).distinct().count();
        return new Throughput("Tunesmith" + (kills ? ", workers killed" : ""), trials, good.size(), last.size() - ended(last), last.size() - numbers, killed, seconds(last));
    }

    private static List<JsonNode> recorded(ServiceCalls calls, String run) throws InterruptedException {
        return calls.trials(run);
    }

    private static int ended(List<JsonNode> trials) {
        return (int) trials.stream().filter(trial -> trial.hasNonNull("ended")).count();
    }

    private static boolean over(String status) {
        return List.of("succeeded", "failed", "cancelled", "budget_exhausted").contains(status);
    }

    private static double seconds(List<JsonNode> trials) {
        Instant first = trials.stream().map(trial -> Instant.parse(trial.path("proposed").asText())).min(Instant::compareTo).orElseThrow();
        Instant last = trials.stream().filter(trial -> trial.hasNonNull("ended")).map(trial -> Instant.parse(trial.path("ended").asText())).max(Instant::compareTo).orElseThrow();
        return Duration.between(first, last).toMillis() / 1000.0;
    }

    private Throughput optuna(ServiceProcess service, Processes processes, Path python, boolean kills) throws IOException, InterruptedException {
        List<Long> ours = new ArrayList<>(processes.workers());
        ours.add(service.pid());
        ours.forEach(pid -> processes.signal("STOP", pid));
        try {
            Optuna optuna = new Optuna(python, script(processes.folder()), url(service.dataDir()), "study-" + kills, service.dataDir().resolveSibling("optuna.log"));
            optuna.make();
            int killed = work(optuna, kills);
            JsonNode count = optuna.count();
            return new Throughput("Optuna " + count.path("version").asText() + (kills ? ", workers killed" : ""), trials, count.path("complete").asInt(), count.path("running").asInt(), count.path("twice").asInt(), killed,
                    count.path("seconds").asDouble());
        } finally {
            ours.forEach(pid -> processes.signal("CONT", pid));
        }
    }

    /** A copy in the scratch folder: so its processes are known as this benchmark's. */
    private static Path script(Path folder) throws IOException {
        return Files.copy(Installation.here().source("src/main/python/bench/optuna_peer.py"), folder.resolve("optuna_peer.py"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** @return how many were killed */
    private int work(Optuna optuna, boolean kills) throws IOException, InterruptedException {
        List<Process> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            workers.add(optuna.work(trials));
        }
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        int killed = 0;
        long end = System.nanoTime() + LIMIT.toNanos();
        while (workers.stream().anyMatch(Process::isAlive) && System.nanoTime() < end) {
            if (!kills) {
                workers.getFirst().waitFor(1, TimeUnit.SECONDS);
                continue;
            }
            Thread.sleep(KILL_EVERY_MILLIS);
            int victim = random.nextInt(WORKERS);
            if (workers.stream().allMatch(Process::isAlive)) {
                workers.get(victim).destroyForcibly().waitFor();
                workers.set(victim, optuna.work(trials));
                killed++;
            }
        }
        workers.forEach(Process::destroyForcibly);
        return killed;
    }

    private static String url(Path dataDir) throws IOException {
        int port = Integer.parseInt(Files.readAllLines(dataDir.resolve("postgres/postmaster.pid")).get(3).strip());
        return "postgresql+psycopg2://tunesmith:" + Files.readString(dataDir.resolve("postgres.password")).strip() + "@127.0.0.1:" + port + "/optuna";
    }
}
