package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.core.TableFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Local files that a call names: the command line acts as its user, so a readable file named by {@code data} is uploaded and its id passed on. Nothing else
 * of a call is looked at.
 *
 * @param folder what relative paths are relative to: where the client started this program
 */
record McpFiles(McpServer service, Path folder) {
    private static final Set<String> TOOLS = Set.of("profile_dataset", "plan_experiment", "start_run");

    /** Changes the message where it names a local file. */
    void replace(JsonNode message) {
        if (!message.path("method").asText().equals("tools/call") || !TOOLS.contains(message.path("params").path("name").asText()) || !(message.path("params").path("arguments") instanceof ObjectNode arguments)) {
            return;
        }
        Optional.ofNullable(arguments.path("data").textValue()).flatMap(this::file).ifPresent(file -> arguments.put("data", service.upload(file).path("id").asText()));
    }

    private Optional<Path> file(String reference) {
        if (reference.matches("(ds_|file-)[\\w-]+|[a-z][a-z0-9+.-]+://.*") && !reference.startsWith("file://")) {
            return Optional.empty();
        }
        try {
            Path file = folder.resolve(reference.replaceFirst("^file://(localhost)?", "")).normalize();
            boolean taken = file.getFileName() != null && TableFile.isTaken(file.getFileName().toString());
            return taken && Files.isRegularFile(file) && Files.isReadable(file) ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
