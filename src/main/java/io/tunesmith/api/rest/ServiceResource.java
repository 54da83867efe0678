package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The service itself. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ServiceResource {
    private final Doctor doctor;
    private final Ending ending;

    public ServiceResource(Doctor doctor, Ending ending) {
        this.doctor = doctor;
        this.ending = ending;
    }

    @GET
    @Path("doctor")
    @Operation(operationId = "examineService", summary = "Whether the service has all that it needs")
    public DoctorView doctor() {
        return doctor.examine();
    }

    /** Ends the service, and its PostgreSQL with it. */
    @POST
    @Path("shutdown")
    @Operation(operationId = "stopService", summary = "Ends the service, and its PostgreSQL with it")
    @APIResponse(responseCode = "202", description = "It ends")
    public Response shutdown() {
        ending.begin();
        return Response.accepted().build();
    }
}
