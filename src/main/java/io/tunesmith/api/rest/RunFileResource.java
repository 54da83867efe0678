package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.api.Access;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.dispatch.LogChunk;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What a run leaves behind: its artifacts and logs. Artifacts are served as downloads in a sandbox, whatever they hold. */
@Path("/api/v1/runs/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RunFileResource {
    private final Access access;

    public RunFileResource(Access access) {
        this.access = access;
    }

    @GET
    @Path("artifacts")
    public Page<ArtifactView> artifacts(@PathParam("id") String id) {
        java.nio.file.Path root = access.runs().artifacts(RunLookup.find(access.runs(), id).id());
        if (!Files.isDirectory(root)) {
            return new Page<>(List.of());
        }
        try (Stream<java.nio.file.Path> files = Files.walk(root)) {
            return new Page<>(files.filter(Files::isRegularFile).filter(file -> inside(root, file)).sorted().map(file -> artifact(root, file)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GET
    @Path("artifacts/{path: .+}")
    @Produces(MediaType.WILDCARD)
    public Response artifact(@PathParam("id") String id, @PathParam("path") String path) {
        java.nio.file.Path root = access.runs().artifacts(RunLookup.find(access.runs(), id).id());
        java.nio.file.Path file = root.resolve(path).normalize();
        if (!Files.isRegularFile(file) || !inside(root, file)) {
            throw nothing(path);
        }
        String name = file.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
        return Response.ok(file, MediaType.APPLICATION_OCTET_STREAM)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .build();
    }

    @GET
    @Path("logs")
    public LogView logs(@PathParam("id") String id, @QueryParam("trial") Optional<Integer> trial, @QueryParam("from") @DefaultValue("0") long from) {
        if (from < 0 || trial.filter(number -> number < 0).isPresent()) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, from < 0 ? "from" : "trial", "negative").allowed("0 or more").asException();
        }
        LogChunk chunk = access.runs().log(RunLookup.find(access.runs(), id).id(), trial.map(OptionalInt::of).orElse(OptionalInt.empty()), from);
        return new LogView(chunk.text(), chunk.nextByte());
    }

    private static boolean inside(java.nio.file.Path root, java.nio.file.Path file) {
        try {
            return file.toRealPath().startsWith(root.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private static ArtifactView artifact(java.nio.file.Path root, java.nio.file.Path file) {
        try {
            return new ArtifactView(root.relativize(file).toString(), Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FailureException nothing(String path) {
        return Failure.BadRequest.of(FailureCode.NOT_FOUND, "path", "there is no artifact \"" + path + "\"").hint("GET …/artifacts lists them").asException();
    }
}
