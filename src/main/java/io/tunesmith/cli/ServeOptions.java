package io.tunesmith.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a service is started: the options of {@code serve}, which the service's own main reads too. */
@Command(name = "serve", description = "Run the service in the foreground.")
public final class ServeOptions {
    @Mixin
    DataDir dataDir = new DataDir();

    @Option(names = "--port", paramLabel = "PORT", description = "Port; 0 for any free one (default: 7070, or any free one if that is taken).")
    Optional<Integer> port = Optional.empty();

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    String host = "127.0.0.1";

    @Option(names = "--allow-host", paramLabel = "NAME", description = "Another host name under which the service may be called; repeatable.")
    List<String> allowedHosts = List.of();

    @Option(names = "--allow-root", paramLabel = "DIR", description = "A folder below which references may name files of this machine; repeatable (default: none).")
    List<Path> allowedRoots = List.of();

    @Option(names = "--no-auth", description = "Ask for no key. Refused on any address but loopback.")
    boolean noAuth;

    @Option(names = "--oidc-issuer", paramLabel = "URL", description = "Take this OpenID Connect provider's tokens besides keys.")
    Optional<String> oidcIssuer = Optional.empty();

    @Option(names = "--oidc-audience", paramLabel = "AUD", description = "What the provider's tokens must be made for.")
    Optional<String> oidcAudience = Optional.empty();

    @Option(names = "--slots", paramLabel = "N", defaultValue = "2", description = "Attempts at once on this machine; 0: it trains nothing and leaves that to agents (default: ${DEFAULT-VALUE}).")
    int slots = 2;

    @Option(names = "--measure-queue", paramLabel = "N", hidden = true, description = "Measure how long a free slot waits for its next attempt while so many wait, and end.")
    Optional<Integer> measureQueue = Optional.empty();

    @Option(names = "--background", hidden = true, description = "Started by a command: end after 15 idle minutes.")
    boolean background;

    @Option(names = "--rehearse", hidden = true, description = "Start on a data folder of its own, answer a few requests, end: what the JVM's ahead-of-time cache is made from.")
    boolean rehearse;

    @Option(names = "--restore", paramLabel = "FILE", hidden = true, description = "Make the data folder from this backup, and end.")
    Optional<Path> restore = Optional.empty();

    public Path dataDir() {
        return dataDir.path();
    }

    public Optional<Path> restore() {
        return restore;
    }

    public boolean rehearse() {
        return rehearse;
    }

    public int slots() {
        return slots;
    }

    public Optional<Integer> measureQueue() {
        return measureQueue;
    }

    public Optional<Integer> port() {
        return port;
    }

    public String host() {
        return host;
    }

    public List<String> allowedHosts() {
        return List.copyOf(allowedHosts);
    }

    public List<Path> allowedRoots() {
        return List.copyOf(allowedRoots);
    }

    public Optional<String> oidcIssuer() {
        return oidcIssuer;
    }

    public Optional<String> oidcAudience() {
        return oidcAudience;
    }

    public boolean noAuth() {
        return noAuth;
    }

    public boolean background() {
        return background;
    }
}
