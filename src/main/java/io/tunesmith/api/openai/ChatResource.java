package io.tunesmith.api.openai;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.api.Access;
import io.tunesmith.api.rest.BodyLimit;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Ids;
import io.tunesmith.run.Caller;
import io.tunesmith.talk.Turn;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Conversations, as clients of the OpenAI API hold them. */
@Path("/v1/chat/completions")
@Produces(MediaType.WILDCARD)
@RunOnVirtualThread
public class ChatResource {
    /** The largest body that is read: a long conversation. */
    static final int MAX_BODY_BYTES = 4 << 20;

    private final Access access;
    private final ChatService service;
    private final ChatSettings settings;
    private final Ids ids;
    private final Clock clock;
    private final Defects defects;

    public ChatResource(Access access, ChatService service, ChatSettings settings, Ids ids, Clock clock, Defects defects) {
        this.access = access;
        this.service = service;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
        this.defects = defects;
    }

    /** The answer, whole or as a stream. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "completeChat", summary = "The next message of a conversation, whole or as a stream")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ChatCompletionRequest")))
    @APIResponse(responseCode = "200", description = "The answer, whole or as a stream", content = {@Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ChatCompletion")),
        @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(ref = "ServerSentEvent"))})
    public Response complete(@HeaderParam("Idempotency-Key") Optional<String> key, @HeaderParam("x-stainless-retry-count") Optional<String> retries, InputStream body,
            @Context HttpServerResponse response) {
        Caller caller = access.caller();
        ChatRequest request = ChatRequest.read(bytes(body), key, retried(retries));
        if (!request.stream()) {
            return Response.ok(WireJson.write(service.complete(request, caller, new Waiting(settings.patience())).completion()), MediaType.APPLICATION_JSON).build();
        }
        Turn turn = service.read(request, caller);
        Chunk chunk = new Chunk(ids.next("chatcmpl-"), clock.instant().getEpochSecond(), request.mode().wire(), request.includeUsage());
        return streamed(new ChatStream(service, request, turn, caller, settings.progress(), chunk, defects, new Sse.Line(response, access.stands())));
    }

    static Response streamed(Object stream) {
        return Response.ok(stream, MediaType.SERVER_SENT_EVENTS).header("Cache-Control", "no-cache").header("X-Accel-Buffering", "no").build();
    }

    static boolean retried(Optional<String> retries) {
        return retries.filter(count -> count.matches("[1-9]\\d{0,8}")).isPresent();
    }

    static byte[] bytes(InputStream body) {
        return BodyLimit.read(body, MAX_BODY_BYTES);
    }
}
