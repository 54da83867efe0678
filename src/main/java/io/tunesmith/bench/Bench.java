package io.tunesmith.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code tunesmith bench}. */
@Command(name = "bench", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "SUITE", description = "Measures what Tunesmith claims.", subcommands = DispatchBench.class)
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Bench());
        if (arguments.length == 0) {
            line.usage(System.out);
            return;
        }
        System.exit(line.execute(arguments));
    }
}
