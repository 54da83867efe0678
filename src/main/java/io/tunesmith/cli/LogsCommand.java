package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tunesmith logs ID}: what a run's processes wrote. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Prints the logs of a run's processes.")
final class LogsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "The run.")
    private String id;

    @Option(names = "--trial", paramLabel = "N", description = "Only this trial's.")
    private Optional<Integer> trial = Optional.empty();

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        Client client = Service.attachOrStart(common.dataDir());
        String path = "/api/v1/runs/" + Client.segment(id) + "/logs?" + trial.map(number -> "trial=" + number + "&").orElse("");
        StringBuilder all = new StringBuilder();
        long from = 0;
        while (true) {
            JsonNode chunk = client.get(path + "from=" + from);
            all.append(chunk.path("text").asText());
            if (chunk.path("next").asLong() <= from || chunk.path("text").asText().isEmpty()) {
                break;
            }
            from = chunk.path("next").asLong();
        }
        System.out.println(common.json() ? Json.MAPPER.createObjectNode().put("run_id", id).put("log", all.toString()) : Terminal.safe(all.toString().stripTrailing()));
        return ExitCode.OK;
    }
}
