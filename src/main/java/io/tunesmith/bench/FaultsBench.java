package io.tunesmith.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/**
 * Kills everything that can be killed while a run goes on, and counts what was lost by it. Each backend has a service, agents and a data folder of its
 * own; the kills come at seeded moments.
 */
@Command(name = "faults", mixinStandardHelpOptions = true, description = "Kills service, PostgreSQL, workers and agents at random moments of a run and counts what is lost; exit code 1 if anything is.")
final class FaultsBench implements Callable<Integer> {

    /** Who trains. */
    enum Trains { LOCAL, AGENTS, BOTH }

    @Spec
    private CommandSpec spec;

    @Option(names = "--minutes", defaultValue = "10", paramLabel = "M", description = "How long there are kills, for each backend (default ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(names = "--trials", defaultValue = "500", paramLabel = "N", description = "Trials of the run (default ${DEFAULT-VALUE}).")
    private int trials;

    @Option(names = "--backend", defaultValue = "both", paramLabel = "B", description = "local: the service's own 2 slots; agents: an agent with 2 slots and one with 1; both: one after the other (default ${DEFAULT-VALUE}).")
    private String backend;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "Of the run and of the kills (default ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private ScratchOptions scratch = new ScratchOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Trains asked = asked();
        List<FaultsResult> results = new ArrayList<>();
        for (Trains trains : asked == Trains.BOTH ? List.of(Trains.LOCAL, Trains.AGENTS) : List.of(asked)) {
            try (Scratch folder = scratch.folder()) {
                results.add(new FaultsStage(folder, trains == Trains.AGENTS, trials, minutes, seed).play());
            }
        }
        results.forEach(FaultsResult::print);
        return results.stream().allMatch(FaultsResult::clean) ? 0 : 1;
    }

    private Trains asked() {
        return Stream.of(Trains.values()).filter(trains -> trains.name().equals(backend.toUpperCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> new CommandLine.ParameterException(spec.commandLine(), "--backend " + backend + " is not allowed: local, agents or both"));
    }
}
