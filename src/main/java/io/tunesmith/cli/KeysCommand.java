package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tunesmith keys}: makes, lists and revokes the keys that open the service. */
@Command(name = "keys", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = "Makes, lists and revokes the keys that open the service.",
        subcommands = {KeysCommand.Create.class, KeysCommand.List.class, KeysCommand.Revoke.class})
final class KeysCommand {
    private static final String KEYS = "/api/v1/keys";

    /** {@code keys create}. */
    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a key and shows it, this once.")
    static final class Create implements Callable<Integer> {
        @Mixin
        private Common common = new Common();

        @Option(names = "--agent", description = "A key for `tunesmith agent`: it opens the calls of agents and nothing else.")
        private boolean agent;

        @Option(names = "--label", paramLabel = "X", defaultValue = "", description = "What it is for, for people.")
        private String label = "";

        @Override
        public Integer call() {
            ObjectNode wanted = Json.MAPPER.createObjectNode().put("label", label).put("scope", agent ? "agent" : "all");
            JsonNode made = Service.attached(common.dataDir()).post(KEYS, wanted);
            if (common.json()) {
                System.out.println(made);
            } else {
                System.err.println("Key " + made.path("id").asText() + ", shown this once" + (agent ? "; for: tunesmith agent --token-file FILE" : "") + ":");
                System.out.println(made.path("key").asText());
            }
            return ExitCode.OK;
        }
    }

    /** {@code keys list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the keys, without what opens.")
    static final class List implements Callable<Integer> {
        @Mixin
        private Common common = new Common();

        @Override
        public Integer call() {
            JsonNode keys = Service.attached(common.dataDir()).get(KEYS);
            if (common.json()) {
                System.out.println(keys);
            } else {
                keys.path("items").forEach(key -> System.out.printf("%-30s  %-5s  %.19s  %s%n", key.path("id").asText(), key.path("scope").asText(), key.path("made").asText(),
                        Terminal.safe(key.path("label").asText())));
            }
            return ExitCode.OK;
        }
    }

    /** {@code keys revoke}. */
    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a key: it opens nothing any more.")
    static final class Revoke implements Callable<Integer> {
        @Mixin
        private Common common = new Common();

        @Parameters(paramLabel = "ID", description = "As `keys list` shows it, for example key_01…")
        private String id = "";

        @Override
        public Integer call() {
            Service.attached(common.dataDir()).delete(KEYS + "/" + Client.segment(id));
            System.out.println(common.json() ? Json.MAPPER.createObjectNode().put("revoked", id) : "revoked " + id);
            return ExitCode.OK;
        }
    }
}
