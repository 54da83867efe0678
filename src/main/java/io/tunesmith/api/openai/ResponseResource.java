package io.tunesmith.api.openai;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.api.Access;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Scope;
import io.tunesmith.talk.Turn;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Conversations whose answers are kept: made, waited for, looked at again, taken up where a stream broke off, cancelled. */
@Path("/v1/responses")
@Produces(MediaType.WILDCARD)
@RunOnVirtualThread
public class ResponseResource {
    private final Access access;
    private final ResponseService service;
    private final Defects defects;

    public ResponseResource(Access access, ResponseService service, Defects defects) {
        this.access = access;
        this.service = service;
        this.defects = defects;
    }

    /** In the background: at once, with where it stands. Else whole, or as a stream. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "makeResponse", summary = "An answer that is kept: at once, in the background, or as a stream")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ResponseRequest")))
    @APIResponse(responseCode = "200", description = "The answer, whole or as a stream", content = {@Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Response")),
        @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(ref = "ServerSentEvent"))})
    public Response create(@HeaderParam("Idempotency-Key") Optional<String> key, @HeaderParam("x-stainless-retry-count") Optional<String> retries, InputStream body,
            @Context HttpServerResponse response) {
        Caller caller = access.caller();
        ResponseRequest request = ResponseRequest.read(ChatResource.bytes(body), key, ChatResource.retried(retries), id -> service.conversation(id, caller));
        Turn turn = service.read(request, caller);
        ResponseRecord begun = service.begin(request);
        if (request.chat().stream()) {
            return ChatResource.streamed(new ResponseStream(service, caller, begun, () -> service.act(begun, request, turn, caller), 0, defects, new Sse.Line(response, access.stands())));
        }
        ResponseRecord done = service.act(begun, request, turn, caller);
        if (!request.background()) {
            service.await(done, caller);
        }
        return answer(done, caller);
    }

    /** Where it stands; or its events, from the beginning or after a number. */
    @GET
    @Path("{id}")
    @Operation(operationId = "getResponse", summary = "How far an answer is, or its events from a number on")
    @APIResponse(responseCode = "200", description = "The answer, whole or as a stream", content = {@Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Response")),
        @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(ref = "ServerSentEvent"))})
    public Response one(@PathParam("id") String id, @QueryParam("stream") Optional<String> stream, @QueryParam("starting_after") Optional<String> after, @Context HttpServerResponse to) {
        Caller caller = access.caller();
        ResponseRecord response = service.find("response_id", id, caller);
        if (!stream.orElse("false").equals("true")) {
            return answer(response, caller);
        }
        long from = after.map(ResponseResource::number).orElse(-1L) + 1;
        return ChatResource.streamed(new ResponseStream(service, caller, response, () -> response, from, defects, new Sse.Line(to, access.stands())));
    }

    @POST
    @Path("{id}/cancel")
    @Operation(operationId = "cancelResponse", summary = "Cancels the run of an answer")
    @APIResponse(responseCode = "200", description = "The answer", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Response")))
    public Response cancel(@PathParam("id") String id) {
        Caller caller = access.caller();
        caller.needs(Scope.RUN);
        ResponseRecord response = service.find("response_id", id, caller);
        service.cancel(response, caller);
        return answer(response, caller);
    }

    /** Forgets the answer; its run stays. */
    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteResponse", summary = "Forgets an answer; its run stays")
    @APIResponse(responseCode = "200", description = "Forgotten", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = StoredFileView.Deleted.class)))
    public Response delete(@PathParam("id") String id) {
        Caller caller = access.caller();
        caller.needs(Scope.RUN);
        service.delete(service.find("response_id", id, caller));
        return Response.ok("{\"id\":\"" + id + "\",\"object\":\"response\",\"deleted\":true}", MediaType.APPLICATION_JSON).build();
    }

    private Response answer(ResponseRecord response, Caller caller) {
        return Response.ok(service.state(response, caller).json().toString(), MediaType.APPLICATION_JSON).build();
    }

    private static long number(String text) {
        if (!text.matches("\\d{1,15}")) {
            throw Fields.invalid("starting_after", "\"" + (text.length() <= 40 ? text : "…") + "\" is no number of an event").allowed("0 or more").asException();
        }
        return Long.parseLong(text);
    }
}
