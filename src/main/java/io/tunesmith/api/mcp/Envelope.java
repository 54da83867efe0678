package io.tunesmith.api.mcp;

import io.tunesmith.api.Access;
import io.tunesmith.api.Exchange;
import io.tunesmith.api.rest.BodyLimit;
import io.tunesmith.api.rest.LastWord;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Utf8;
import io.tunesmith.run.Caller;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Stands between the gate and the protocol library: what is no JSON-RPC message that the library can read is refused here, with the protocol's own error
 * and never a 5xx; a body has a size; an answer to a question reaches only whoever asked it. The old transport and the stream of a GET (nothing is ever sent
 * there) are not offered, so that an idle session holds no connection.
 */
@Singleton
final class Envelope {
    /** Where the caller is for the tools, which run on a context of their own. */
    static final String CALLER = "tunesmith.caller";
    private static final Logger LOG = Logger.getLogger(Envelope.class);
    private static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");
    private static final int INVALID_REQUEST = -32600;
    private static final int PARSE_ERROR = -32700;
    private final Access access;
    private final Elicitations elicitations;
    private final BodyLimit limit;

    Envelope(Access access, Elicitations elicitations, BodyLimit limit) {
        this.access = access;
        this.elicitations = elicitations;
        this.limit = limit;
    }

    void stand(@Observes Router router) {
        router.route("/mcp/*").order(-20).handler(this::head);
        router.post("/mcp").order(-19).handler(BodyHandler.create(false).setBodyLimit(limit.bytes()));
        router.post("/mcp").order(-18).handler(this::message);
        router.route("/mcp").order(-17).failureHandler(this::failed);
    }

    private void head(RoutingContext context) {
        HttpMethod method = context.request().method();
        String path = context.normalizedPath().replaceAll("/+$", "");
        if (!path.equals("/mcp")) {
            refuse(context, 404, INVALID_REQUEST, "there is nothing at this path; the old SSE transport is not served", "POST /mcp (Streamable HTTP)");
        } else if (!method.equals(HttpMethod.POST) && !method.equals(HttpMethod.DELETE)) {
            context.response().putHeader("Allow", "POST, DELETE");
            refuse(context, 405, INVALID_REQUEST, "the service sends nothing outside of its answers: there is no stream to open", "POST, DELETE");
        } else {
            access(context);
        }
    }

    private void access(RoutingContext context) {
        context.put(CALLER, access.caller());
        Optional<String> version = Optional.ofNullable(context.request().getHeader("Mcp-Protocol-Version"));
        if (version.filter(given -> !VERSIONS.contains(given)).isPresent()) {
            refuse(context, 400, INVALID_REQUEST, "this protocol version is not spoken here", String.join(", ", VERSIONS));
        } else {
            context.next();
        }
    }

    private void message(RoutingContext context) {
        JsonObject message;
        try {
            message = read(context.body().buffer());
        } catch (Misshapen e) {
            refuse(context, 400, e.code, e.getMessage(), e.allowed);
            return;
        }
        if (Shape.answers(message)) {
            answer(context, message);
        } else {
            ((RoutingContextInternal) context).setBody(Shape.tidy(message).toBuffer());
            context.next();
        }
    }

    private static JsonObject read(Buffer body) {
        if (body == null || body.length() == 0) {
            throw new Misshapen(PARSE_ERROR, "the body is empty", "a JSON-RPC 2.0 message");
        }
        Object message = parsed(body);
        if (!(message instanceof Map<?, ?>)) {
            throw new Misshapen(INVALID_REQUEST, "the body is no JSON-RPC message", "one object; batches are not taken");
        }
        return Shape.check(new JsonObject((Map<String, Object>) message));
    }

    private static Object parsed(Buffer body) {
        try {
            return WireJson.read(Utf8.unmarked(body.getBytes()).orElseThrow(() -> new Misshapen(PARSE_ERROR, "the body is not UTF-8", "a JSON-RPC 2.0 message in UTF-8")), Object.class);
        } catch (FailureException e) {
            throw new Misshapen(PARSE_ERROR, "the body is not JSON: " + e.getMessage(), "a JSON-RPC 2.0 message");
        }
    }

    /** An answer goes on only from the caller who was asked, and only in the form that the library can read. */
    private void answer(RoutingContext context, JsonObject message) {
        Caller caller = context.get(CALLER);
        if (!elicitations.awaits(message.getValue("id"), caller)) {
            context.response().setStatusCode(202).end();
            return;
        }
        ((RoutingContextInternal) context).setBody(Shape.reply(message).toBuffer());
        context.next();
    }

    /** The library could not read it: the message is at fault, and its sender is told so. */
    private void failed(RoutingContext context) {
        int status = context.statusCode();
        if (context.response().ended() || context.response().headWritten() || LastWord.said(context)) {
            return;
        }
        if (Exchange.current().isEmpty()) {
            // It did not come as far as the gate, which answers it nevertheless.
            context.next();
            return;
        }
        if (context.failure() != null) {
            LOG.warnf(context.failure(), "a message to /mcp could not be read");
        }
        boolean ours = status >= 400 && status < 500;
        refuse(context, ours ? status : 400, INVALID_REQUEST, status == 413 ? "the body is too large" : status == 404 ? "there is no such session" : "the message cannot be read",
                status == 413 ? "at most " + limit.bytes() + " bytes" : status == 404 ? "initialize begins one" : "Accept: application/json, text/event-stream and a JSON-RPC 2.0 message");
    }

    private static void refuse(RoutingContext context, int status, int code, String message, String allowed) {
        JsonObject error = new JsonObject().put("code", code).put("message", message).put("data", new JsonObject().put("allowed", allowed));
        context.response().setStatusCode(status).putHeader("Content-Type", "application/json")
                .end(new JsonObject().put("jsonrpc", "2.0").putNull("id").put("error", error).toBuffer());
    }

    /** Why a message is none. */
    static final class Misshapen extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int code;
        private final String allowed;

        Misshapen(int code, String message, String allowed) {
            super(message, null, false, false);
            this.code = code;
            this.allowed = allowed;
        }
    }
}
