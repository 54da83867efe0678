package io.tunesmith.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tunesmith serve}: the service in the foreground. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Runs the service in the foreground until Ctrl-C.")
final class ServeCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "N", description = "The port (default 7070, or a free one if that is taken).")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to listen on (default 127.0.0.1).")
    private Optional<String> host = Optional.empty();

    @Option(names = "--allow-host", paramLabel = "NAME", description = "Another host name under which the service may be called; repeatable.")
    private List<String> allowedHosts = List.of();

    @Option(names = "--no-auth", description = "No key needed; only on loopback.")
    private boolean noAuth;

    @Option(names = "--allow-root", paramLabel = "DIR", description = "A folder below which references may name files of this machine; repeatable (default: none).")
    private List<Path> allowedRoots = List.of();

    @Option(names = "--oidc-issuer", paramLabel = "URL", description = "Take this OpenID Connect provider's tokens besides keys.")
    private Optional<String> oidcIssuer = Optional.empty();

    @Option(names = "--oidc-audience", paramLabel = "AUD", description = "What the provider's tokens must be made for.")
    private Optional<String> oidcAudience = Optional.empty();

    @Option(names = "--slots", defaultValue = "2", paramLabel = "N", description = "Attempts at once on this machine; 0: it trains nothing and leaves that to agents (default ${DEFAULT-VALUE}).")
    private int slots;

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> command = Service.command(common.dataDir());
        command.addAll(List.of("--slots", Integer.toString(slots)));
        port.ifPresent(number -> command.addAll(List.of("--port", number.toString())));
        host.ifPresent(address -> command.addAll(List.of("--host", address)));
        allowedHosts.forEach(name -> command.addAll(List.of("--allow-host", name)));
        allowedRoots.forEach(root -> command.addAll(List.of("--allow-root", root.toAbsolutePath().toString())));
        oidcIssuer.ifPresent(issuer -> command.addAll(List.of("--oidc-issuer", issuer)));
        oidcAudience.ifPresent(audience -> command.addAll(List.of("--oidc-audience", audience)));
        if (noAuth) {
            command.add("--no-auth");
        }
        Process service = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(service::destroy));
        return service.waitFor();
    }
}
