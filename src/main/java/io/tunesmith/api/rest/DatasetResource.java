package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.api.Access;
import io.tunesmith.api.Idempotency;
import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Sha256;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.run.KeptAnswers.Answer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Data sets come in as the part {@code file} of a form (the bytes stream to disk) or are fetched from where a reference says. */
@Path("/api/v1/datasets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DatasetResource {
    private static final int LONGEST_NAME = 255;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String CALL = "POST /api/v1/datasets";
    private final Access access;
    private final Idempotency idempotency;
    private final ProfileWork profiles;

    public DatasetResource(Access access, Idempotency idempotency, ProfileWork profiles) {
        this.access = access;
        this.idempotency = idempotency;
        this.profiles = profiles;
    }

    /** The body of the form's other way: what to fetch. */
    public record FetchData(Optional<String> ref) {}

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(operationId = "addDataset", summary = "Keeps data: an uploaded file, or what a reference names")
    @RequestBody(required = true, content = {@Content(mediaType = MediaType.MULTIPART_FORM_DATA, schema = @Schema(type = SchemaType.OBJECT, requiredProperties = "file",
                    properties = @SchemaProperty(name = "file", type = SchemaType.STRING, format = "binary"))),
        @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = FetchData.class))})
    @APIResponse(responseCode = "201", description = "Kept; Location is the data set", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = DatasetView.class)))
    public Response upload(@HeaderParam(Idempotency.HEADER) Optional<String> key, @RestForm("file") FileUpload file) {
        if (file == null) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "file", "the form has no part \"file\"").asException();
        }
        String name = name(file);
        return idempotency.once(key, CALL, key.isEmpty() ? new byte[0] : digest(name, file), _ -> created("file", () -> access.datasets().add(name, file.uploadedFile())));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "addDataset", summary = "Keeps data: an uploaded file, or what a reference names")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = FetchData.class)))
    @APIResponse(responseCode = "201", description = "Kept; Location is the data set", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = DatasetView.class)))
    public Response fetch(@HeaderParam(Idempotency.HEADER) Optional<String> key, InputStream body) {
        byte[] bytes = WireJson.bytes(body);
        return idempotency.once(key, CALL, bytes, _ -> {
            String reference = WireJson.read(bytes, FetchData.class).ref().map(String::strip).filter(text -> !text.isEmpty())
                    .orElseThrow(() -> Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "ref", "no data are named").allowed("https://…, s3://…, hf://…, or an id").asException());
            return created("ref", () -> access.datasets().resolve(reference));
        });
    }

    @GET
    @Operation(operationId = "listDatasets", summary = "Lists data sets, newest first")
    public Page<DatasetView> list(@QueryParam("limit") @DefaultValue(Cursor.DEFAULT_LIMIT) long limit, @QueryParam("cursor") Optional<String> cursor) {
        int most = Cursor.limit(limit);
        Optional<DatasetId> before = Cursor.read("datasets", cursor).map(DatasetId::new);
        return Page.of(access.datasets().list(before, most + 1), most, dataset -> Cursor.of("datasets", dataset.id().value())).map(DatasetView::of);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getDataset", summary = "A data set")
    public DatasetView one(@PathParam("id") String id) {
        return DatasetView.of(dataset(id));
    }

    @GET
    @Path("{id}/profile")
    @Operation(operationId = "profileDataset", summary = "What is in a data set; looked into the first time that it is asked for")
    @APIResponse(responseCode = "200", description = "The profile", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ProfileView.class)))
    @APIResponse(responseCode = "202", description = "It is being looked into: ask Location again after Retry-After seconds", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = DatasetView.class)))
    public Response profile(@PathParam("id") String id) {
        DatasetRef dataset = dataset(id);
        return profiles.get(access.datasets(), dataset.id(), PATIENCE).map(profile -> Response.ok(ProfileView.of(dataset.id().value(), profile)))
                .orElseGet(() -> Response.accepted(DatasetView.of(dataset)).header("Location", "/api/v1/datasets/" + dataset.id() + "/profile").header("Retry-After", 2)).build();
    }

    /** @param field how this body calls what is {@code data} inside */
    private Answer created(String field, Supplier<DatasetRef> work) {
        DatasetView dataset = DatasetView.of(named(field, work));
        return new Answer(201, Map.of("Location", "/api/v1/datasets/" + dataset.id()), WireJson.write(dataset));
    }

    private static DatasetRef named(String field, Supplier<DatasetRef> work) {
        try {
            return work.get();
        } catch (FailureException e) {
            throw e.failure() instanceof Failure.BadRequest refused && refused.field().equals(Optional.of("data")) ? refused.at(field).asException() : e;
        }
    }

    private DatasetRef dataset(String id) {
        try {
            return access.datasets().find(new DatasetId(id)).orElseThrow(() -> unknown(id));
        } catch (FailureException e) {
            throw e.failure().code() == FailureCode.INVALID_REQUEST ? unknown(id) : e;
        }
    }

    private static FailureException unknown(String id) {
        return Failure.BadRequest.of(FailureCode.NOT_FOUND, "id", "there is no data set \"" + id + "\"").hint("GET /api/v1/datasets lists them").asException();
    }

    private static byte[] digest(String name, FileUpload file) {
        try {
            return (name + "\n" + Sha256.of(file.uploadedFile())).getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(FileUpload file) {
        String given = Optional.ofNullable(file.fileName()).orElse("");
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1).strip();
        if (last.isEmpty() || last.length() > LONGEST_NAME) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "file", "the file has no usable name").allowed("1 to " + LONGEST_NAME + " characters").asException();
        }
        return last;
    }
}
