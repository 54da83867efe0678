package io.tunesmith.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tunesmith restore}: a new data folder from a backup. */
@Command(name = "restore", mixinStandardHelpOptions = true, description = "Makes a new data folder from a backup. The folder (and the database that TUNESMITH_DB_URL names, if it names one) must be empty.")
final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE.tar", description = "What tunesmith backup wrote.")
    private Path file;

    @Mixin
    private DataDir dataDir = new DataDir();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> command = Service.command(dataDir.path());
        command.addAll(List.of("--restore", file.toAbsolutePath().normalize().toString()));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
