package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tunesmith runs}: the newest runs. */
@Command(name = "runs", mixinStandardHelpOptions = true, description = "Lists runs, newest first.")
final class RunsCommand implements Callable<Integer> {
    @Option(names = "--limit", defaultValue = "20", paramLabel = "N", description = "At most this many (1 to 200, default ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        JsonNode runs = Service.attachOrStart(common.dataDir()).get("/api/v1/runs?limit=" + limit);
        if (common.json()) {
            System.out.println(runs);
            return ExitCode.OK;
        }
        System.out.printf("%-31s %-16s %-20s %s%n", "RUN", "STATUS", "ACCEPTED", "REQUEST");
        runs.path("items").forEach(run -> System.out.printf("%-31s %-16s %-20.19s %s%n", run.path("id").asText(), run.path("status").asText(), run.path("accepted").asText().replace('T', ' '),
                shortened(Terminal.safe(run.path("prompt").asText()))));
        return ExitCode.OK;
    }

    private static String shortened(String text) {
        String line = text.replace('\n', ' ');
        return line.length() <= 60 ? line : line.substring(0, 59) + "…";
    }
}
