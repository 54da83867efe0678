package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.api.Access;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.dispatch.LogChunk;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

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
    @Operation(operationId = "listArtifacts", summary = "The files that a run leaves behind, by path")
    public Page<ArtifactView> artifacts(@PathParam("id") String id, @QueryParam("limit") @DefaultValue(Cursor.DEFAULT_LIMIT) long limit, @QueryParam("cursor") Optional<String> cursor) {
        java.nio.file.Path root = access.runs().artifacts(RunLookup.find(access.runs(), id).id());
        int most = Cursor.limit(limit);
        String after = Cursor.read("artifacts", cursor).orElse("");
        if (!Files.isDirectory(root)) {
            return new Page<>(List.of());
        }
        try (Stream<java.nio.file.Path> files = Files.walk(root)) {
            List<ArtifactView> all = files.filter(Files::isRegularFile).filter(file -> inside(root, file)).map(file -> artifact(root, file)).sorted(Comparator.comparing(ArtifactView::path)).toList();
            return Page.of(all.stream().filter(file -> file.path().compareTo(after) > 0).limit(most + 1L).toList(), most, file -> Cursor.of("artifacts", file.path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GET
    @Path("artifacts/{path: .+}")
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "getArtifact", summary = "A file of a run, whole or a part of it (Range)")
    @APIResponse(responseCode = "200", description = "The file", content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "206", description = "The part that Range names", content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "304", description = "As If-None-Match says")
    @APIResponse(responseCode = "416", description = "The file has no such part", content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response artifact(@PathParam("id") String id, @PathParam("path") String path, @HeaderParam("Range") Optional<String> range, @HeaderParam("If-Range") Optional<String> ifRange, @Context Request request) {
        java.nio.file.Path root = access.runs().artifacts(RunLookup.find(access.runs(), id).id());
        java.nio.file.Path file = below(root, path);
        if (!Files.isRegularFile(file) || !inside(root, file)) {
            throw nothing(path);
        }
        return new FileAnswer(file, range, ifRange).answer(request);
    }

    @GET
    @Path("logs")
    @Operation(operationId = "getLogs", summary = "A piece of the log of a run, or of one of its trials, from a byte on")
    public LogView logs(@PathParam("id") String id, @QueryParam("trial") Optional<Integer> trial, @QueryParam("from") @DefaultValue("0") long from) {
        if (from < 0 || trial.filter(number -> number < 0).isPresent()) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, from < 0 ? "from" : "trial", "negative").allowed("0 or more").asException();
        }
        LogChunk chunk = access.runs().log(RunLookup.find(access.runs(), id).id(), trial.map(OptionalInt::of).orElse(OptionalInt.empty()), from);
        return new LogView(chunk.text(), chunk.nextByte());
    }

    private static java.nio.file.Path below(java.nio.file.Path root, String path) {
        try {
            return root.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw nothing(path);
        }
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
