package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tunesmith cancel ID}: ends a run and its processes. */
@Command(name = "cancel", mixinStandardHelpOptions = true, description = "Ends a run.")
final class CancelCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "The run.")
    private String id;

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        JsonNode run = Service.attachOrStart(common.dataDir()).delete("/api/v1/runs/" + Client.segment(id));
        System.out.println(common.json() ? run : id + " " + run.path("status").asText());
        return ExitCode.OK;
    }
}
