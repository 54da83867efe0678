package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tunesmith resume RUN}: a paused run goes on. */
@Command(name = "resume", mixinStandardHelpOptions = true, description = "Goes on with a paused run, exactly where it was.")
final class ResumeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The run.")
    private String id;

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        JsonNode run = Service.attachOrStart(common.dataDir()).patch("/api/v1/runs/" + Client.segment(id), Json.MAPPER.createObjectNode().put("action", "resume"));
        System.out.println(common.json() ? run : id + " " + run.path("status").asText());
        return ExitCode.OK;
    }
}
