package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tunesmith audit}: whether a run's records keep every promise. */
@Command(name = "audit", mixinStandardHelpOptions = true, description = "Checks a run's records: each trial ended once, each result recorded once, nothing lost, nothing left.")
final class AuditCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN_ID", description = "The run.")
    private String run = "";

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        JsonNode audit = Service.attachOrStart(common.dataDir()).get("/api/v1/runs/" + Client.segment(run) + "/audit");
        JsonNode violations = audit.path("violations");
        if (common.json()) {
            System.out.println(audit);
        } else {
            System.out.printf("%s (%s): %d trials, %d attempts, %s%n", audit.path("run_id").asText(), audit.path("status").asText(), audit.path("trials").asInt(), audit.path("attempts").asInt(),
                    violations.isEmpty() ? "every promise kept" : violations.size() + " broken:");
            violations.forEach(one -> System.out.println("  " + Terminal.safe(one.asText())));
        }
        return violations.isEmpty() ? ExitCode.OK : ExitCode.RUN_FAILED;
    }
}
