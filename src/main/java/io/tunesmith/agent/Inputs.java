package io.tunesmith.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.InputFile;
import io.tunesmith.contract.Resume;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Sha256;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fetches the inputs of attempts, each content once: kept under its digest, hard-linked into the attempts' folders. Thread-safe: files are renamed whole. */
final class Inputs {
    private final Link link;
    private final Path cache;

    Inputs(Link link, Path cache) {
        this.link = link;
        this.cache = cache;
    }

    /** What came of a fetch. */
    sealed interface Outcome {
        record Done() implements Outcome {}

        record Later(String why) implements Outcome {}

        record Failed(String why) implements Outcome {}
    }

    /** All inputs of the spec into the attempt's folder; those that are there already stay. */
    Outcome fetch(AttemptSpec spec, String token, Path folder) throws IOException {
        String calls = "/api/v1/attempts/" + spec.attempt() + "/";
        for (InputFile input : spec.inputs().values()) {
            Outcome outcome = input.sha256().isPresent() ? file(calls, token, folder, input.path(), input.sha256().get()) : folder(calls, token, folder, input.path());
            if (!(outcome instanceof Outcome.Done)) {
                return outcome;
            }
        }
        Optional<Resume> resume = spec.resume();
        return resume.isPresent() ? file(calls, token, folder, resume.get().checkpoint(), resume.get().sha256()) : new Outcome.Done();
    }

    private Outcome folder(String calls, String token, Path folder, String path) throws IOException {
        switch (link.get(calls + encoded(path), token)) {
            case Link.Reply.Answered answered -> {
                for (JsonNode file : Wire.read(answered.body(), JsonNode.class).path("files")) {
                    Outcome outcome = file(calls, token, folder, path + "/" + file.path("path").asText(), file.path("sha256").asText());
                    if (!(outcome instanceof Outcome.Done)) {
                        return outcome;
                    }
                }
                Files.createDirectories(below(folder, path));
                return new Outcome.Done();
            }
            case Link.Reply.Later later -> {
                return new Outcome.Later(later.why());
            }
            case Link.Reply.Refused refused -> {
                return new Outcome.Failed(path + ": " + refused.message());
            }
        }
    }

    private Outcome file(String calls, String token, Path folder, String path, String sha256) throws IOException {
        Path target = below(folder, path);
        Path kept = cache.resolve(new Sha256(sha256).hex());
        if (!Files.exists(kept)) {
            Path part = Files.createTempFile(cache, "fetch", ".part");
            try {
                Outcome outcome = download(calls + encoded(path), token, part, sha256, path);
                if (!(outcome instanceof Outcome.Done)) {
                    return outcome;
                }
                Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        }
        Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
        place(kept, target);
        return new Outcome.Done();
    }

    private Outcome download(String call, String token, Path part, String sha256, String path) throws IOException {
        return switch (link.download(call, token, part)) {
            case Link.Reply.Answered _ -> Sha256.of(part).hex().equals(sha256) ? new Outcome.Done() : new Outcome.Later(path + " arrived damaged");
            case Link.Reply.Later later -> new Outcome.Later(later.why());
            case Link.Reply.Refused refused -> new Outcome.Failed(path + ": " + refused.message());
        };
    }

    private static void place(Path kept, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.deleteIfExists(target);
        try {
            Files.createLink(target, kept);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(kept, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path below(Path folder, String path) throws IOException {
        Path target = folder.resolve(path).normalize();
        if (!target.startsWith(folder) || target.equals(folder)) {
            throw new IOException("the input path \"" + path + "\" leads out of the attempt's folder");
        }
        return target;
    }

    static String encoded(String path) {
        return Stream.of(path.split("/")).map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20")).collect(Collectors.joining("/"));
    }
}
