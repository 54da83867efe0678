package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The keys of the API: made, listed, revoked. */
@Path("/api/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class KeyResource {
    private final ApiKeys keys;

    public KeyResource(ApiKeys keys) {
        this.keys = keys;
    }

    @POST
    @Operation(operationId = "makeKey", summary = "Makes a key; it is shown this once")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = KeyView.Wanted.class)))
    @APIResponse(responseCode = "201", description = "The key", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = KeyView.Made.class)))
    public Response make(InputStream body) {
        return Response.status(Response.Status.CREATED).entity(keys.make(WireJson.read(body, KeyView.Wanted.class).checked())).build();
    }

    @GET
    @Operation(operationId = "listKeys", summary = "The keys, without what opens")
    public Page<KeyView> list() {
        return new Page<>(keys.list());
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "revokeKey", summary = "Revokes a key")
    @APIResponse(responseCode = "204", description = "Revoked")
    public Response revoke(@PathParam("id") String id) {
        if (!keys.revoke(id)) {
            throw Failure.BadRequest.of(FailureCode.NOT_FOUND, "id", "there is no key \"" + id + "\"").hint("GET /api/v1/keys lists them").asException();
        }
        return Response.noContent().build();
    }
}
