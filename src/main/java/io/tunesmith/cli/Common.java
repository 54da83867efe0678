package io.tunesmith.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that most commands share. */
final class Common {
    @Mixin
    private DataDir dataDir = new DataDir();

    @Option(names = "--json", description = "One JSON object on standard output and nothing else.")
    private boolean json;

    @Option(names = "--no-color", description = "No colours (so does NO_COLOR).")
    private boolean noColor;

    Path dataDir() {
        return dataDir.path();
    }

    boolean json() {
        return json;
    }

    Terminal terminal() {
        return Terminal.of(noColor);
    }
}
