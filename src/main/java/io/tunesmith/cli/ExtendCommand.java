package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tunesmith extend RUN}: more trials, more time; a run that has ended is gone on from by a new one. */
@Command(name = "extend", mixinStandardHelpOptions = true, description = "Gives a run more trials or time; a run that has ended is gone on from by a new one.")
final class ExtendCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The run.")
    private String id;

    @Option(names = "--trials", paramLabel = "N", description = "So many trials more.")
    private Optional<Long> trials = Optional.empty();

    @Option(names = "--minutes", paramLabel = "M", description = "So many minutes more.")
    private Optional<Double> minutes = Optional.empty();

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        ObjectNode body = Json.MAPPER.createObjectNode().put("action", "extend");
        ObjectNode budget = body.putObject("budget");
        trials.ifPresent(value -> budget.put("trials", value));
        minutes.ifPresent(value -> budget.put("seconds", value * 60));
        JsonNode run = Service.attachOrStart(common.dataDir()).patch("/api/v1/runs/" + Client.segment(id), body);
        String goesOn = run.path("id").asText();
        System.out.println(common.json() ? run : goesOn + " " + run.path("status").asText() + (goesOn.equals(id) ? "" : "   goes on from " + id + "; watch it: tunesmith watch " + goesOn));
        return ExitCode.OK;
    }
}
