package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tunesmith show ID}: where a run stands. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a run: status, plan, trials, result.")
final class ShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "The run.")
    private String id;

    @Option(names = "--events", description = "The whole event log, one JSON object a line.")
    private boolean events;

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        Client client = Service.attachOrStart(common.dataDir());
        if (events) {
            allEvents(client, System.out::println);
            return ExitCode.OK;
        }
        JsonNode run = client.get("/api/v1/runs/" + Client.segment(id));
        if (common.json()) {
            System.out.println(run);
            return ExitCode.OK;
        }
        System.out.println(run.path("id").asText() + "  " + run.path("status").asText());
        System.out.println(Terminal.safe(run.path("prompt").asText()));
        allEvents(client, event -> {
            if (!Story.SILENT.contains(event.path("type").asText())) {
                System.out.println(Terminal.safe(Story.line(event)));
            }
        });
        Next.hint(run).ifPresent(System.out::println);
        if (run.hasNonNull("result")) {
            System.out.print(Summary.of(run.path("result"), common.terminal()));
        }
        return ExitCode.OK;
    }

    private void allEvents(Client client, Consumer<JsonNode> reader) {
        long after = 0;
        while (true) {
            JsonNode page = client.get("/api/v1/runs/" + Client.segment(id) + "/events?limit=1000&after=" + after).path("items");
            if (page.isEmpty()) {
                return;
            }
            page.forEach(reader);
            after = page.get(page.size() - 1).path("seq").asLong();
        }
    }
}
