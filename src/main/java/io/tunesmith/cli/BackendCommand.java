package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tunesmith backend}: where training runs. */
@Command(name = "backend", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = "Shows and tries the backends that training runs on.",
        subcommands = {BackendCommand.ListCommand.class, BackendCommand.TestCommand.class})
final class BackendCommand {

    /** {@code tunesmith backend list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the backends, their slots, and why nothing can start where nothing can.")
    static final class ListCommand implements Callable<Integer> {
        @Mixin
        private Common common = new Common();

        @Override
        public Integer call() {
            JsonNode backends = Service.attachOrStart(common.dataDir()).get("/api/v1/backends");
            if (common.json()) {
                System.out.println(backends);
                return ExitCode.OK;
            }
            System.out.printf("%-8s %6s %5s %5s  %s%n", "NAME", "SLOTS", "GPUS", "JOBS", "STATE");
            backends.path("items").forEach(one -> System.out.printf("%-8s %6d %5d %5d  %s%n", one.path("name").asText(), one.path("slots").asInt(), one.path("gpus").asInt(), one.path("jobs").asInt(),
                    one.path("waits").isTextual() ? "waits: " + Terminal.safe(one.path("waits").asText()) : "free"));
            return ExitCode.OK;
        }
    }

    /** {@code tunesmith backend test NAME}. */
    @Command(name = "test", mixinStandardHelpOptions = true, description = "Runs two tiny attempts on a backend: claim, reports, result, files, log, cancel; says what to change where one fails.")
    static final class TestCommand implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "The backend: local, agent.")
        private String name = "";

        @Mixin
        private Common common = new Common();

        @Override
        public Integer call() {
            JsonNode probe = Service.attachOrStart(common.dataDir()).post("/api/v1/backends/" + Client.segment(name) + "/test", JsonNodeFactory.instance.objectNode());
            if (common.json()) {
                System.out.println(probe);
            } else {
                probe.path("findings").forEach(TestCommand::print);
            }
            return probe.path("ok").asBoolean() ? ExitCode.OK : ExitCode.RUN_FAILED;
        }

        private static void print(JsonNode finding) {
            System.out.printf("%-8s %-7s %s%n", finding.path("name").asText(), finding.path("ok").asBoolean() ? "ok" : "FAILED", Terminal.safe(finding.path("detail").asText()));
            if (finding.path("change").isTextual()) {
                System.out.println("         change: " + Terminal.safe(finding.path("change").asText()));
            }
        }
    }
}
