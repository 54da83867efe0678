package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Sha256;
import io.tunesmith.dispatch.Uploads;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The files of attempts that run where this machine's folders are not seen. Each call takes the token of its attempt and nothing else. */
@Path("/api/v1/attempts/{key}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AttemptFileResource {
    private final Uploads uploads;

    public AttemptFileResource(Uploads uploads) {
        this.uploads = uploads;
    }

    /** A file below an input folder. @param path relative to the folder */
    public record Entry(String path, long bytes, String sha256) {}

    /** The files of an input that is a folder. */
    public record Listing(List<Entry> files) {}

    /** @param size of the log as it is now */
    public record LogSize(long size) {}

    /** The file; of a folder the list of its files. */
    @GET
    @Path("inputs/{path: .+}")
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "getAttemptInput", summary = "A file that an attempt reads; of a folder the list of its files")
    @APIResponse(responseCode = "200", description = "The file, or the list", content = {@Content(mediaType = MediaType.APPLICATION_OCTET_STREAM, schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Listing.class))})
    public Response input(@PathParam("key") String key, @HeaderParam("Authorization") String authorization, @PathParam("path") String path) {
        java.nio.file.Path file = uploads.input(ContractBody.key(key), ContractBody.token(authorization), "inputs/" + path);
        return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? Response.ok(WireJson.write(listing(file)), MediaType.APPLICATION_JSON).build()
                : Response.ok(file, MediaType.APPLICATION_OCTET_STREAM).header("Content-Disposition", "attachment").build();
    }

    private static Listing listing(java.nio.file.Path folder) {
        try (Stream<java.nio.file.Path> all = Files.walk(folder)) {
            return new Listing(all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).sorted().map(file -> entry(folder, file)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(java.nio.file.Path folder, java.nio.file.Path file) {
        try {
            return new Entry(folder.relativize(file).toString(), Files.size(file), Sha256.of(file).hex());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @PUT
    @Path("files/{incarnation: \\d{1,6}}/{path: .+}")
    @Operation(operationId = "putAttemptFile", summary = "A file that an attempt has made")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "204", description = "Taken")
    public Response put(@PathParam("key") String key, @HeaderParam("Authorization") String authorization, @PathParam("incarnation") int incarnation, @PathParam("path") String path,
            @HeaderParam("Tunesmith-Sha256") @DefaultValue("") String sha256, @Parameter(hidden = true) @HeaderParam("Content-Length") @DefaultValue("0") long length, InputStream body) {
        AttemptKey attempt = ContractBody.key(key);
        if (length > Uploads.MOST_BYTES) {
            throw Failure.BadRequest.of(FailureCode.TOO_LARGE, "body", "the file is too large").allowed("at most " + Uploads.MOST_BYTES + " bytes").asException();
        }
        uploads.put(attempt, ContractBody.token(authorization), incarnation, path, sha256, body);
        return Response.noContent().build();
    }

    @POST
    @Path("log")
    @Operation(operationId = "appendAttemptLog", summary = "A piece of the log of an attempt")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public LogSize log(@PathParam("key") String key, @HeaderParam("Authorization") String authorization, @QueryParam("incarnation") @DefaultValue("0") int incarnation,
            @QueryParam("from") @DefaultValue("0") long from, InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(Uploads.MOST_LOG_BYTES_A_CALL + 1);
        return new LogSize(uploads.append(ContractBody.key(key), ContractBody.token(authorization), incarnation, from, bytes));
    }
}
