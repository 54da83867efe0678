package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Watches a run to its end, then fetches what it made. Ctrl-C detaches: the run goes on.
 */
final class Follow {
    private static final int WAIT_SECONDS = 10;
    private final Client client;
    private final Common common;
    private final boolean quiet;

    Follow(Client client, Common common, boolean quiet) {
        this.client = client;
        this.common = common;
        this.quiet = quiet;
    }

    /** @param fetch whether to copy report and model to {@code out} when the run succeeds */
    int untilEnd(String run, Path out, boolean fetch) {
        AtomicBoolean ended = new AtomicBoolean();
        Thread detach = Thread.ofPlatform().unstarted(() -> detached(run, ended));
        Runtime.getRuntime().addShutdownHook(detach);
        Progress progress = quiet ? Progress.NONE : Progress.on(common.terminal());
        try {
            watch(run, progress);
        } finally {
            progress.close();
            ended.set(true);
        }
        return finish(run, out, fetch);
    }

    private void watch(String run, Progress progress) {
        long after = 0;
        while (true) {
            JsonNode events = client.get("/api/v1/runs/" + run + "/events?after=" + after + "&wait=" + (progress == Progress.NONE ? WAIT_SECONDS : 1)).path("items");
            for (JsonNode event : events) {
                after = event.path("seq").asLong();
                progress.event(event);
                if (event.path("type").asText().equals("run.finished")) {
                    return;
                }
            }
            progress.tick();
        }
    }

    private void detached(String run, AtomicBoolean ended) {
        if (!ended.get()) {
            System.err.printf("%nDetached: %s goes on. Watch it again with: tunesmith watch %s%nEnd it with: tunesmith cancel %s%n", run, run, run);
            System.err.flush();
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
    }

    private int finish(String run, Path out, boolean fetch) {
        JsonNode view = client.get("/api/v1/runs/" + run);
        if (!view.path("status").asText().equals("succeeded")) {
            return unsuccessful(run, view);
        }
        ObjectNode result = (ObjectNode) view.path("result").deepCopy();
        if (fetch) {
            fetch(run, out.toAbsolutePath().normalize(), result);
        }
        if (common.json()) {
            System.out.println(result);
        } else {
            System.out.print(Summary.of(result, common.terminal()));
        }
        return ExitCode.OK;
    }

    private int unsuccessful(String run, JsonNode view) {
        if (view.path("status").asText().equals("cancelled")) {
            return Errors.print(new Failure.Exhausted(io.tunesmith.core.FailureCode.RUN_CONFLICT, run + " was cancelled"), common.json());
        }
        return Errors.print(Errors.read(view.path("error")), common.json());
    }

    /** Copies every artifact and turns the result's names into paths. */
    private void fetch(String run, Path out, ObjectNode result) {
        for (JsonNode item : client.get("/api/v1/runs/" + run + "/artifacts?limit=200").path("items")) {
            Path target = out.resolve(item.path("path").asText()).normalize();
            if (target.startsWith(out)) {
                client.download("/api/v1/runs/" + run + "/artifacts/" + path(item.path("path").asText()), target);
            }
        }
        for (String name : new String[] {"model", "report", "receipt"}) {
            Optional.ofNullable(result.path(name).asText(null)).ifPresent(file -> result.put(name, out.resolve(file).toString()));
        }
        try {
            Files.writeString(out.resolve("result.json"), result.toPrettyString() + "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String path(String artifact) {
        return String.join("/", java.util.Arrays.stream(artifact.split("/")).map(Client::segment).toList());
    }
}
