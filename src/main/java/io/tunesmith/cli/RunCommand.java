package io.tunesmith.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tunesmith run}: hands request and data to the service, watches, fetches the result. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Trains a model for a request in plain words.")
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TEXT", description = "The request, for example \"Predict the price. I care about mean absolute error.\"")
    private String text;

    @Option(names = "--data", required = true, paramLabel = "DATA", description = "The table: " + Table.FORMS)
    private String data;

    @Mixin
    private Wishes wishes = new Wishes();

    @Option(names = "--out", paramLabel = "DIR", description = "Where report and model go (default tunesmith-out/RUN).")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        check();
        Client client = Service.attachOrStart(common.dataDir());
        String run = client.post("/api/v1/runs", wishes.body(text, new Table(data).bring(client))).path("id").asText();
        return new Follow(client, common, quiet).untilEnd(run, out.orElse(Path.of("tunesmith-out", run)), true);
    }

    private void check() {
        new Table(data).check();
        wishes.check(text);
        out.filter(dir -> Files.exists(dir) && !Files.isDirectory(dir)).ifPresent(dir -> {
            throw Wishes.refusal("out", dir, "a folder, or a path where one can be made");
        });
    }
}
