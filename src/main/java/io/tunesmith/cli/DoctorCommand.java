package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tunesmith doctor}: what works on this machine and what to do about the rest. */
@Command(name = "doctor", mixinStandardHelpOptions = true, description = "Checks this machine and the service; says what to do about what is wrong.")
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        Client client = Service.attachOrStart(common.dataDir());
        JsonNode report = client.get("/api/v1/doctor");
        if (common.json()) {
            System.out.println(report);
        } else {
            Terminal terminal = common.terminal();
            System.out.println("service  " + client.url() + "  (process " + client.pid() + ", data in " + common.dataDir() + ")");
            report.path("checks").forEach(check -> {
                System.out.printf("%s %-22s %s%n", mark(check.path("level").asText(), terminal), check.path("name").asText(), Terminal.safe(check.path("detail").asText()));
                if (check.hasNonNull("hint")) {
                    System.out.println("     " + Terminal.safe(check.path("hint").asText()));
                }
            });
        }
        return report.path("ok").asBoolean() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static String mark(String level, Terminal terminal) {
        return switch (level) {
            case "ok" -> terminal.green("ok  ");
            case "warning" -> terminal.bold("note");
            default -> terminal.red("FAIL");
        };
    }
}
