package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.agent.Poll;
import io.tunesmith.contract.agent.Registration;
import io.tunesmith.dispatch.Agents;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Where agents register and ask what to do. The JSON is the worker contract's. */
@Path("/api/v1/agents")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AgentResource {
    private final Agents agents;

    public AgentResource(Agents agents) {
        this.agents = agents;
    }

    @POST
    @Operation(operationId = "registerAgent", summary = "An agent says that it is there")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "200", description = "As the contract says", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    public String register(InputStream body) {
        return Wire.write(agents.register(ContractBody.read(body, Registration.class)));
    }

    @POST
    @Path("{id}/poll")
    @Operation(operationId = "pollAgent", summary = "An agent tells what it has and hears what to do")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "200", description = "As the contract says", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    public String poll(@PathParam("id") String id, InputStream body) {
        return Wire.write(agents.poll(id, ContractBody.read(body, Poll.class)));
    }
}
