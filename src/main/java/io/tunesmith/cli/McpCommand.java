package io.tunesmith.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tunesmith mcp}: the service's MCP door for clients that start a program and speak over its standard input and output. */
@Command(name = "mcp", mixinStandardHelpOptions = true, description = "Speaks the Model Context Protocol on standard input and output, for IDEs; starts the service if none runs.",
        subcommands = McpConfigCommand.class, footer = {"", "What to paste into a client: tunesmith mcp config --client cursor"})
final class McpCommand implements Callable<Integer> {
    @Option(names = "--server", paramLabel = "URL", description = "A service elsewhere; its key is read from TUNESMITH_API_KEY.")
    private Optional<URI> server = Optional.empty();

    @Mixin
    private DataDir dataDir = new DataDir();

    @Override
    public Integer call() {
        McpServer service = server.map(url -> McpServer.named(url, System.getenv())).orElseGet(() -> McpServer.of(dataDir.path()));
        new McpBridge(service, new McpFiles(service, Path.of("").toAbsolutePath()), System.out).pump(System.in);
        return ExitCode.OK;
    }
}
