package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.dispatch.Dispatcher;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Where training processes report. Each call takes the token of its attempt and nothing else; the JSON is the worker contract's. */
@Path("/api/v1/attempts/{key}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AttemptResource {
    private final Dispatcher dispatcher;

    public AttemptResource(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @POST
    @Path("claim")
    @Operation(operationId = "claimAttempt", summary = "A training process claims its attempt")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "200", description = "As the contract says", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    public String claim(@PathParam("key") String key, @HeaderParam("Authorization") String authorization, InputStream body) {
        return switch (dispatcher.claim(ContractBody.key(key), ContractBody.token(authorization), ContractBody.read(body, Claim.class))) {
            case Claim.Answer.Granted granted -> Wire.write(granted);
            case Claim.Answer.Refused refused -> throw Failure.BadRequest.of(FailureCode.REFUSED, "nonce", refused.reason()).asException();
        };
    }

    @POST
    @Path("events")
    @Operation(operationId = "reportAttempt", summary = "A training process reports")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "200", description = "As the contract says", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    public String events(@PathParam("key") String key, @HeaderParam("Authorization") String authorization, InputStream body) {
        return Wire.write(dispatcher.events(ContractBody.key(key), ContractBody.token(authorization), ContractBody.read(body, Report.class)));
    }

    @POST
    @Path("result")
    @Operation(operationId = "endAttempt", summary = "A training process says how it ended")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "200", description = "As the contract says", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    public Response result(@PathParam("key") String key, @HeaderParam("Authorization") String authorization, InputStream body) {
        dispatcher.result(ContractBody.key(key), ContractBody.token(authorization), ContractBody.read(body, Outcome.class));
        return Response.ok("{}").build();
    }
}
