package io.tunesmith.api.openai;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.talk.Mode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The models that clients choose from: each is a way in which the service works. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ModelResource {
    /** 2026-01-01: clients want a time; these do not change. */
    private static final long CREATED = 1_767_225_600;

    /** One model. */
    public record Model(String id, String object, long created, String ownedBy) {
        static Model of(Mode mode) {
            return new Model(mode.wire(), "model", CREATED, "tunesmith");
        }
    }

    /** All models. */
    public record Models(String object, List<Model> data) {}

    @GET
    @Operation(operationId = "listModels", summary = "The ways in which the service works")
    public Models all() {
        return new Models("list", Stream.of(Mode.values()).map(Model::of).toList());
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getModel", summary = "One of them")
    public Model one(@PathParam("id") String id) {
        return Mode.of(id).map(Model::of).orElseThrow(() -> ChatRequestReader.unknown(id).asException());
    }
}
