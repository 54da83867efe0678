package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

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
    public DoctorView doctor() {
        return doctor.examine();
    }

    /** Ends the service, and its PostgreSQL with it. */
    @POST
    @Path("shutdown")
    public Response shutdown() {
        ending.begin();
        return Response.accepted().build();
    }
}
