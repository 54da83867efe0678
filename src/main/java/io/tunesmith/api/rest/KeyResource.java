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
    public Response make(InputStream body) {
        return Response.status(Response.Status.CREATED).entity(keys.make(WireJson.read(body, KeyView.Wanted.class).checked())).build();
    }

    @GET
    public Page<KeyView> list() {
        return new Page<>(keys.list());
    }

    @DELETE
    @Path("{id}")
    public Response revoke(@PathParam("id") String id) {
        if (!keys.revoke(id)) {
            throw Failure.BadRequest.of(FailureCode.NOT_FOUND, "id", "there is no key \"" + id + "\"").hint("GET /api/v1/keys lists them").asException();
        }
        return Response.noContent().build();
    }
}
