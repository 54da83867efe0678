package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.api.Access;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Data sets come in as the part {@code file} of a form; the bytes stream to disk. */
@Path("/api/v1/datasets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DatasetResource {
    private static final int LONGEST_NAME = 255;
    private final Access access;

    public DatasetResource(Access access) {
        this.access = access;
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response upload(@RestForm("file") FileUpload file) {
        if (file == null) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "file", "the form has no part \"file\"").asException();
        }
        DatasetView dataset = DatasetView.of(access.datasets().add(name(file), file.uploadedFile()));
        return Response.created(URI.create("/api/v1/datasets/" + dataset.id())).entity(dataset).build();
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
