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
    public String register(InputStream body) {
        return Wire.write(agents.register(ContractBody.read(body, Registration.class)));
    }

    @POST
    @Path("{id}/poll")
    public String poll(@PathParam("id") String id, InputStream body) {
        return Wire.write(agents.poll(id, ContractBody.read(body, Poll.class)));
    }
}
