package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.api.rest.ServiceFile;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The service behind the bridge. One of the own data folder ends when idle and is started again when it is needed. Thread-safe. */
final class McpServer {
    private final Supplier<Client> client;

    private McpServer(Supplier<Client> client) {
        this.client = client;
    }

    static McpServer of(Path dataDir) {
        return new McpServer(() -> Service.attachOrStart(dataDir));
    }

    static McpServer named(URI url, Map<String, String> environment) {
        String scheme = Optional.ofNullable(url.getScheme()).orElse("");
        if (!scheme.equals("http") && !scheme.equals("https") || url.getHost() == null) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "--server", "\"" + url + "\" is no address of a service").allowed("http://HOST:PORT or https://HOST").asException();
        }
        String key = Optional.ofNullable(environment.get("TUNESMITH_API_KEY")).orElse("");
        String base = url.toString().replaceAll("/(mcp/?)?$", "");
        return new McpServer(() -> new Client(new ServiceFile(Optional.of(base), Optional.empty(), key)));
    }

    /** A service that answers now; one of the own data folder is started if it has ended. */
    synchronized Client client() {
        return client.get();
    }

    JsonNode upload(Path file) {
        return client().upload(file);
    }
}
