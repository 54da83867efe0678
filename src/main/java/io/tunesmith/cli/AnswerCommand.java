package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tunesmith answer RUN ANSWER}: answers what a run asks. */
@Command(name = "answer", mixinStandardHelpOptions = true, description = "Answers the question that a run waits with; then shows what it does next.")
final class AnswerCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Parameters(index = "0", paramLabel = "RUN", description = "The run.")
    private String id;

    @Parameters(index = "1", paramLabel = "ANSWER", description = "An option, its number, or \"you choose\".")
    private String answer;

    @Option(names = "--question", paramLabel = "ID", description = "Which question (default: the open one).")
    private Optional<String> question = Optional.empty();

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        Client client = Service.attachOrStart(common.dataDir());
        String run = Client.segment(id);
        client.get("/api/v1/runs/" + run);
        long told = Next.told(client, run);
        ObjectNode body = Json.MAPPER.createObjectNode().put("answer", answer);
        question.ifPresent(name -> body.put("question_id", name));
        client.post("/api/v1/runs/" + run + "/answers", body);
        JsonNode view = Next.await(client, run, told, PATIENCE, common.json() ? Progress.NONE : new Progress.Lines());
        if (view.path("status").asText().startsWith("cancel")) {
            System.out.println(common.json() ? view : id + " " + view.path("status").asText());
            return ExitCode.OK;
        }
        return PlanCommand.shown(view, common);
    }
}
