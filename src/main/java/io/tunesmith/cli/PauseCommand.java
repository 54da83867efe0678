package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tunesmith pause RUN}: no trial begins any more. */
@Command(name = "pause", mixinStandardHelpOptions = true, description = "Lets the trials under way end and begins no other; its time stands still until it is resumed.")
final class PauseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The run.")
    private String id;

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        JsonNode run = Service.attachOrStart(common.dataDir()).patch("/api/v1/runs/" + Client.segment(id), Json.MAPPER.createObjectNode().put("action", "pause"));
        System.out.println(common.json() ? run : id + " " + run.path("status").asText());
        return ExitCode.OK;
    }
}
