package io.tunesmith.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine;

/** The program {@code tunesmith bench}. */
@Command(name = "bench", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "SUITE", description = "Measures what Tunesmith claims.", subcommands = {DispatchBench.class, FaultsBench.class, DoorsBench.class, SimulateBench.class})
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        CommandLine line = new CommandLine(new Bench());
        if (arguments.length == 0) {
            line.usage(System.out);
            return;
        }
        System.exit(line.execute(arguments));
    }
}
