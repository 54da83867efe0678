package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tunesmith key}: makes, lists and revokes the keys that open the service. */
@Command(name = "key", aliases = "keys", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = "Makes, lists and revokes the keys that open the service.",
        subcommands = {KeyCommand.Create.class, KeyCommand.List.class, KeyCommand.Revoke.class})
final class KeyCommand {
    private static final String KEYS = "/api/v1/keys";

    /** {@code key create}. */
    @Command(name = "create", mixinStandardHelpOptions = true, description = "Makes a key and shows it, this once.")
    static final class Create implements Callable<Integer> {
        @Mixin
        private Common common = new Common();

        @Option(names = "--agent", description = "The same as --scope agent.")
        private boolean agent;

        @Option(names = "--scope", paramLabel = "S", description = "read, run, admin, or agent for `tunesmith agent` (default: run).")
        private Optional<String> scope = Optional.empty();

        @Option(names = "--label", paramLabel = "X", defaultValue = "", description = "What it is for, for people.")
        private String label = "";

        @Option(names = "--for", paramLabel = "KEY_ID", description = "It opens the runs and data of this key.")
        private Optional<String> opens = Optional.empty();

        @Option(names = "--expires", paramLabel = "DAYS", description = "It opens for so many days (default: until it is revoked).")
        private Optional<Integer> days = Optional.empty();

        @Option(names = "--requests-per-minute", paramLabel = "N", description = "Most requests a minute.")
        private Optional<Integer> requests = Optional.empty();

        @Option(names = "--concurrent-runs", paramLabel = "N", description = "Most runs that are worked on at a time.")
        private Optional<Integer> concurrent = Optional.empty();

        @Option(names = "--queued-runs", paramLabel = "N", description = "Most runs that wait for their turn.")
        private Optional<Integer> queued = Optional.empty();

        @Option(names = "--upload-bytes-per-day", paramLabel = "N", description = "Most bytes of uploads a day.")
        private Optional<Long> uploads = Optional.empty();

        @Option(names = "--tokens-per-day", paramLabel = "N", description = "Most tokens of language models a day.")
        private Optional<Long> tokens = Optional.empty();

        @Override
        public Integer call() {
            JsonNode made = Service.attached(common.dataDir()).post(KEYS, wanted());
            if (common.json()) {
                System.out.println(made);
            } else {
                System.err.println("Key " + made.path("id").asText() + ", shown this once" + (made.path("scope").asText().equals("agent") ? "; for: tunesmith agent --token-file FILE" : "") + ":");
                System.out.println(made.path("key").asText());
            }
            return ExitCode.OK;
        }

        private ObjectNode wanted() {
            ObjectNode wanted = Json.MAPPER.createObjectNode().put("label", label).put("scope", agent ? "agent" : scope.orElse("run"));
            opens.ifPresent(id -> wanted.put("for", id));
            days.ifPresent(count -> wanted.put("expires_days", count));
            ObjectNode limits = wanted.putObject("limits");
            requests.ifPresent(limit -> limits.put("requests_per_minute", limit));
            concurrent.ifPresent(limit -> limits.put("concurrent_runs", limit));
            queued.ifPresent(limit -> limits.put("queued_runs", limit));
            uploads.ifPresent(limit -> limits.put("upload_bytes_per_day", limit));
            tokens.ifPresent(limit -> limits.put("tokens_per_day", limit));
            return wanted;
        }
    }

    /** {@code key list}. */
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
                keys.path("items").forEach(key -> System.out.printf("%-30s  %-5s  %.19s  %-19.19s  %s%n", key.path("id").asText(), key.path("scope").asText(), key.path("made").asText(), key.path("expires").asText("").replace("null", ""),
                        Terminal.safe(key.path("label").asText())));
            }
            return ExitCode.OK;
        }
    }

    /** {@code key revoke}. */
    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a key: it opens nothing any more.")
    static final class Revoke implements Callable<Integer> {
        @Mixin
        private Common common = new Common();

        @Parameters(paramLabel = "ID", description = "As `key list` shows it, for example key_01…")
        private String id = "";

        @Override
        public Integer call() {
            Service.attached(common.dataDir()).delete(KEYS + "/" + Client.segment(id));
            System.out.println(common.json() ? Json.MAPPER.createObjectNode().put("revoked", id) : "revoked " + id);
            return ExitCode.OK;
        }
    }
}
