package io.tunesmith.api.openai;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.api.Access;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.FileId;
import io.tunesmith.run.FilePurpose;
import io.tunesmith.run.FileQuery;
import io.tunesmith.run.FileService;
import io.tunesmith.run.StoredFile;
import io.tunesmith.run.StoredFiles;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Files as OpenAI's clients upload, list, read and remove them; uploads stream to disk. */
@Path("/v1/files")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class FileResource {
    private static final int LONGEST_NAME = 255;
    private static final int MOST = 10_000;
    private static final long SHORTEST_SECONDS = 3600;
    private static final long LONGEST_SECONDS = 2_592_000;
    private final Access access;
    private final FileService files;

    public FileResource(Access access, FileService files) {
        this.access = access;
        this.files = files;
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(operationId = "uploadFile", summary = "Keeps a file")
    public StoredFileView upload(@RestForm("file") FileUpload file, @RestForm("purpose") String purpose, @RestForm("expires_after[anchor]") String anchor, @RestForm("expires_after[seconds]") String seconds) {
        if (file == null) {
            throw invalid("file", "the form has no part \"file\"", "a file").asException();
        }
        FilePurpose wanted = FilePurpose.ofUpload(Optional.ofNullable(purpose).orElse(""));
        Optional<Duration> keep = keep(Optional.ofNullable(anchor), Optional.ofNullable(seconds));
        return StoredFileView.of(mine().add(name(file), wanted, keep, file.uploadedFile()));
    }

    @GET
    @Operation(operationId = "listFiles", summary = "Lists files")
    public Listing<StoredFileView> list(@QueryParam("purpose") Optional<String> purpose, @QueryParam("after") Optional<String> after, @QueryParam("limit") Optional<String> limit, @QueryParam("order") Optional<String> order) {
        int most = Listing.limit(limit, MOST, MOST);
        if (order.filter(way -> !way.equals("asc") && !way.equals("desc")).isPresent()) {
            throw invalid("order", "\"" + order.get() + "\" is no order", "asc, desc").asException();
        }
        FileQuery query = new FileQuery(purpose.map(FilePurpose::of), after.map(this::known), !order.equals(Optional.of("asc")), most + 1);
        List<StoredFileView> found = mine().list(query).stream().map(StoredFileView::of).toList();
        return Listing.of(found, most, StoredFileView::id);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getFile", summary = "A file, without its bytes")
    public StoredFileView one(@PathParam("id") String id) {
        return StoredFileView.of(file(id));
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteFile", summary = "Removes a file")
    public StoredFileView.Deleted delete(@PathParam("id") String id) {
        if (!mine().delete(known(id))) {
            throw FileService.unknown(id);
        }
        return new StoredFileView.Deleted(id, "file", true);
    }

    /** The bytes as they came, whatever type the client says it takes. */
    @GET
    @Path("{id}/content")
    @Produces(MediaType.WILDCARD)
    @Operation(operationId = "getFileContent", summary = "The bytes of a file")
    @APIResponse(responseCode = "200", description = "The bytes", content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response content(@PathParam("id") String id) {
        StoredFile file = file(id);
        return Response.ok(mine().path(file.id()), MediaType.APPLICATION_OCTET_STREAM)
                .header("Content-Disposition", "attachment; filename=\"" + file.name().replaceAll("[^A-Za-z0-9._-]", "_") + "\"")
                .header("Content-Security-Policy", "sandbox; default-src 'none'").build();
    }

    private StoredFiles mine() {
        return files.as(access.caller());
    }

    private StoredFile file(String id) {
        return mine().find(known(id)).orElseThrow(() -> FileService.unknown(id));
    }

    /** A text that is no id names no file. */
    private FileId known(String id) {
        try {
            return new FileId(id);
        } catch (FailureException e) {
            throw FileService.unknown(id);
        }
    }

    /** @param seconds whole ones, as a form brings them */
    private static Optional<Duration> keep(Optional<String> anchor, Optional<String> seconds) {
        if (anchor.isEmpty() && seconds.isEmpty()) {
            return Optional.empty();
        }
        anchor.filter("created_at"::equals).orElseThrow(() -> invalid("expires_after[anchor]", anchor.map(word -> "\"" + word + "\" is no anchor").orElse("the anchor is missing"), "created_at").asException());
        String text = seconds.orElse("");
        return Optional.of(keep("expires_after[seconds]", text.matches("[1-9]\\d{3,8}") ? Long.parseLong(text) : -1, text));
    }

    static Duration keep(String field, long seconds, String text) {
        if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
            throw invalid(field, "\"" + text + "\" is out of range", SHORTEST_SECONDS + " to " + LONGEST_SECONDS).asException();
        }
        return Duration.ofSeconds(seconds);
    }

    private static String name(FileUpload file) {
        String given = Optional.ofNullable(file.fileName()).orElse("");
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1).strip();
        if (last.isEmpty() || last.length() > LONGEST_NAME || last.chars().anyMatch(Character::isISOControl)) {
            throw invalid("file", "the file has no usable name", "1 to " + LONGEST_NAME + " printable characters").asException();
        }
        return last;
    }

    private static Failure.BadRequest invalid(String field, String message, String allowed) {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, message).allowed(allowed);
    }
}
