package io.tunesmith.bench;

import io.tunesmith.bench.simulation.Fault;
import io.tunesmith.bench.simulation.Simulation;
import io.tunesmith.bench.simulation.Verdict;
import java.lang.ref.Reference;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Dispatch under faults, seed after seed; the first seed that breaks a promise is printed and ends it with 1. */
@Command(name = "simulate", mixinStandardHelpOptions = true, description = "Runs dispatch under seeded faults and checks its promises after every event.")
final class SimulateBench implements Callable<Integer> {
    private static final double NANOS = 1e9;

    @Option(names = "--seeds", defaultValue = "20000", paramLabel = "N", description = "Seeds at most (default ${DEFAULT-VALUE}).")
    private long seeds;

    @Option(names = "--from", defaultValue = "0", paramLabel = "S", description = "The first of them (default ${DEFAULT-VALUE}).")
    private long from;

    @Option(names = "--seconds", defaultValue = "600", paramLabel = "T", description = "Seconds at most (default ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--seed", paramLabel = "S", description = "Plays this seed again and prints its history.")
    private Optional<Long> seed = Optional.empty();

    @Override
    public Integer call() {
        Logger complaints = Logger.getLogger("io.tunesmith.dispatch");
        complaints.setLevel(Level.OFF);
        int code = seed.isPresent() ? replay(seed.get()) : all();
        Reference.reachabilityFence(complaints);
        return code;
    }

    private static int replay(long one) {
        Verdict verdict = Simulation.sound().run(one, System.out::println);
        System.out.printf(Locale.ROOT, "seed %d: %d events, history %016x, %s%n", one, verdict.events(), verdict.hash(), verdict.violation().orElse("every promise kept"));
        return verdict.violation().isPresent() ? 1 : 0;
    }

    private int all() {
        Simulation simulation = Simulation.sound();
        Map<Fault, Long> struck = new EnumMap<>(Fault.class);
        long began = System.nanoTime();
        long events = 0;
        long done = 0;
        for (; done < seeds && since(began) < seconds; done++) {
            Verdict verdict = simulation.run(from + done);
            events += verdict.events();
            verdict.struck().forEach((fault, times) -> struck.merge(fault, (long) times, Long::sum));
            if (verdict.violation().isPresent()) {
                System.out.printf(Locale.ROOT, "seed %d: %s%nplay it again: %s%n", verdict.seed(), verdict.violation().get(), verdict.replay());
                return 1;
            }
        }
        System.out.printf(Locale.ROOT, "%d seeds in %.1f s (%.0f a second), %d events, 0 violations%n", done, since(began), done / since(began), events);
        System.out.println("faults: " + struck.entrySet().stream().map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT) + " " + entry.getValue()).collect(Collectors.joining(", ")));
        return 0;
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / NANOS;
    }
}
