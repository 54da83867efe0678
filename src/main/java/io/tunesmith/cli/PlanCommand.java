package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tunesmith plan}: a run that is planned, asks what the request leaves open, and waits for a yes before it spends anything. */
@Command(name = "plan", mixinStandardHelpOptions = true, description = "Plans a run and shows the plan; nothing is spent until you answer yes.")
final class PlanCommand implements Callable<Integer> {
    /** The longest look at data, and a little. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    @Parameters(index = "0", paramLabel = "TEXT", description = "The request.")
    private String text;

    @Parameters(index = "1", paramLabel = "DATA", description = "The table: " + Table.FORMS)
    private String data;

    @Mixin
    private Wishes wishes = new Wishes();

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        Table table = new Table(data);
        table.check();
        wishes.check(text);
        Client client = Service.attachOrStart(common.dataDir());
        String run = client.post("/api/v1/runs", wishes.body(text, table.bring(client)).put("start", "hold")).path("id").asText();
        return shown(Next.await(client, run, 0, PATIENCE, common.json() ? Progress.NONE : new Progress.Lines()), common);
    }

    /** Prints where the run stands now and what can be done. */
    static int shown(JsonNode run, Common common) {
        String status = run.path("status").asText();
        if (status.equals("cancelled") && !common.json()) {
            return Errors.print(new Failure.Exhausted(FailureCode.RUN_CONFLICT, run.path("id").asText() + " was cancelled"), false);
        }
        if (run.hasNonNull("error")) {
            return Errors.print(Errors.read(run.path("error")), common.json());
        }
        System.out.println(common.json() ? run : run.path("id").asText() + " " + status);
        if (!common.json()) {
            Next.hint(run).ifPresent(System.out::println);
        }
        return ExitCode.OK;
    }
}
