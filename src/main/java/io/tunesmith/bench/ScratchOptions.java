package io.tunesmith.bench;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a benchmark puts its files, and whether they stay. */
final class ScratchOptions {
    @Option(names = "--scratch", paramLabel = "DIR", description = "Where scratch folders are made (default: the system's).")
    private Path scratch = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--keep", description = "Keep the scratch folder, for a look at its logs.")
    private boolean keep;

    Scratch folder() throws IOException {
        return Scratch.below(scratch, keep);
    }
}
