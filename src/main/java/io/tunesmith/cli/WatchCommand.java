package io.tunesmith.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tunesmith watch ID}: follows a run that someone started. */
@Command(name = "watch", mixinStandardHelpOptions = true, description = "Follows a run to its end and fetches what it made; Ctrl-C detaches.")
final class WatchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "The run.")
    private String id;

    @Option(names = "--out", paramLabel = "DIR", description = "Where report and model go (default tunesmith-out/RUN).")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        Client client = Service.attachOrStart(common.dataDir());
        client.get("/api/v1/runs/" + Client.segment(id));
        return new Follow(client, common, false).untilEnd(id, out.orElse(Path.of("tunesmith-out", id)), true);
    }
}
