package io.tunesmith.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tunesmith mcp config}: what to paste into a client, and where. What is to be pasted goes to standard output, the rest to standard error. */
@Command(name = "config", mixinStandardHelpOptions = true, description = "Prints what to paste into an MCP client, and where.")
final class McpConfigCommand implements Callable<Integer> {
    private static final String KEY = "TUNESMITH_API_KEY";

    /** The clients and where their settings are. */
    private enum Kind {
        CURSOR(".cursor/mcp.json in the project (or ~/.cursor/mcp.json for all)"),
        VSCODE(".vscode/mcp.json in the project (or the command \"MCP: Open User Configuration\")"),
        CLAUDE_CODE(".mcp.json in the project"),
        CLAUDE_DESKTOP("claude_desktop_config.json: Settings > Developer > Edit Config"),
        JETBRAINS("Settings > Tools > AI Assistant > Model Context Protocol (MCP) > Add > As JSON"),
        CONTINUE("~/.continue/config.yaml, or a file of its own in .continue/mcpServers/");

        private final String place;

        Kind(String place) {
            this.place = place;
        }

        String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(names = "--client", required = true, paramLabel = "NAME", description = "cursor, vscode, claude-code, claude-desktop, jetbrains or continue.")
    private String name = "";

    @Option(names = "--http", description = "Let the client speak HTTP to a service that runs, instead of starting tunesmith mcp.")
    private boolean http;

    @Option(names = "--server", paramLabel = "URL", description = "A service elsewhere (default: the one of the data folder).")
    private Optional<String> server = Optional.empty();

    @Mixin
    private DataDir dataDir = new DataDir();

    @Override
    public Integer call() {
        Kind client = client();
        if (http && client == Kind.CLAUDE_DESKTOP) {
            throw Failure.BadRequest.of(FailureCode.UNSUPPORTED, "--http", "Claude Desktop's file knows no HTTP").allowed("without --http").hint("the printed program speaks HTTP to the service for it").asException();
        }
        System.err.println("Paste into " + client.place + ":");
        if (http || server.isPresent()) {
            System.err.println("Set " + KEY + " to a key: tunesmith key create --label " + client.wire());
        }
        if (client == Kind.CLAUDE_CODE) {
            System.err.println("or run: " + claudeCode());
        }
        System.out.println(client == Kind.CONTINUE ? yaml() : json(client));
        return ExitCode.OK;
    }

    private Kind client() {
        List<String> names = Arrays.stream(Kind.values()).map(Kind::wire).toList();
        return Arrays.stream(Kind.values()).filter(kind -> kind.wire().equals(name.strip().toLowerCase(Locale.ROOT))).findFirst().orElseThrow(() -> {
            Failure.BadRequest refusal = Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "--client", "there is no client \"" + name + "\"").allowed(String.join(", ", names));
            return names.stream().filter(known -> alike(known) >= 2).max(java.util.Comparator.comparingInt(this::alike)).map(near -> refusal.hint("did you mean " + near + "?")).orElse(refusal).asException();
        });
    }

    /** How many letters a known name begins with as the given one does. */
    private int alike(String known) {
        String given = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        String letters = known.replace("-", "");
        int same = 0;
        while (same < Math.min(given.length(), letters.length()) && given.charAt(same) == letters.charAt(same)) {
            same++;
        }
        return same;
    }

    private String json(Kind client) {
        ObjectNode root = Json.MAPPER.createObjectNode();
        ObjectNode entry = root.putObject(client == Kind.VSCODE ? "servers" : "mcpServers").putObject("tunesmith");
        if (http) {
            if (client == Kind.VSCODE || client == Kind.CLAUDE_CODE) {
                entry.put("type", "http");
            }
            entry.put("url", address()).putObject("headers").put("Authorization", "Bearer " + placeholder(client));
        } else {
            if (client == Kind.VSCODE || client == Kind.CLAUDE_CODE) {
                entry.put("type", "stdio");
            }
            entry.put("command", launcher());
            arguments().forEach(entry.putArray("args")::add);
            server.ifPresent(_ -> entry.putObject("env").put(KEY, placeholder(client)));
        }
        if (client == Kind.VSCODE && (http || server.isPresent())) {
            root.putArray("inputs").addObject().put("type", "promptString").put("id", "tunesmith-key").put("description", "Tunesmith API key").put("password", true);
        }
        return root.toPrettyString();
    }

    /** How the client is told to look the key up; where it cannot, what is to be replaced. */
    private static String placeholder(Kind client) {
        return switch (client) {
            case CURSOR -> "${env:" + KEY + "}";
            case VSCODE -> "${input:tunesmith-key}";
            case CLAUDE_CODE -> "${" + KEY + "}";
            case CONTINUE -> "${{ secrets." + KEY + " }}";
            case CLAUDE_DESKTOP, JETBRAINS -> "tsk_YOUR_KEY";
        };
    }

    private String yaml() {
        StringBuilder text = new StringBuilder("mcpServers:\n  - name: tunesmith\n");
        if (http) {
            return text.append("    type: streamable-http\n    url: ").append(quoted(address())).append("\n    requestOptions:\n      headers:\n        Authorization: ")
                    .append(quoted("Bearer " + placeholder(Kind.CONTINUE))).toString();
        }
        text.append("    type: stdio\n    command: ").append(quoted(launcher())).append("\n    args: [").append(arguments().stream().map(McpConfigCommand::quoted).collect(Collectors.joining(", "))).append(']');
        server.ifPresent(_ -> text.append("\n    env:\n      ").append(KEY).append(": ").append(quoted(placeholder(Kind.CONTINUE))));
        return text.toString();
    }

    /** JSON's strings are YAML's too. */
    private static String quoted(String text) {
        return Json.MAPPER.getNodeFactory().textNode(text).toString();
    }

    private String claudeCode() {
        return http ? "claude mcp add --transport http tunesmith " + address() + " --header \"Authorization: Bearer $" + KEY + "\"" : "claude mcp add tunesmith -- " + launcher() + " " + String.join(" ", arguments());
    }

    private List<String> arguments() {
        return server.map(url -> List.of("mcp", "--server", url)).orElseGet(() -> dataDir.given.map(_ -> List.of("mcp", "--data-dir", dataDir.path().toString())).orElse(List.of("mcp")));
    }

    private String address() {
        String base = server.or(() -> io.tunesmith.api.rest.ServiceFile.read(dataDir.path()).flatMap(io.tunesmith.api.rest.ServiceFile::url)).orElse("http://127.0.0.1:7070");
        return base.replaceAll("/(mcp/?)?$", "") + "/mcp";
    }

    private static String launcher() {
        return Optional.ofNullable(System.getProperty("tunesmith.launcher")).orElse("tunesmith");
    }
}
