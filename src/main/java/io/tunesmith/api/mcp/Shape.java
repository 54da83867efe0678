package io.tunesmith.api.mcp;

import io.tunesmith.api.mcp.Envelope.Misshapen;
import io.tunesmith.core.Excerpt;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The form of a JSON-RPC message, as far as the protocol library takes it for granted. Pure. */
final class Shape {
    private static final int INVALID_REQUEST = -32600;
    private static final Set<String> OBJECTS = Set.of("arguments", "_meta", "capabilities", "clientInfo", "ref", "argument", "context");
    private static final Set<String> TEXTS = Set.of("name", "uri", "protocolVersion", "level", "cursor", "reason");
    private static final Set<String> ELICITATIONS = Set.of("form", "url");
    private static final int LONGEST_NAME = 100;

    private Shape() {}

    /** @return the message itself */
    static JsonObject check(JsonObject message) {
        Object id = message.getValue("id");
        require("2.0".equals(message.getValue("jsonrpc")), "jsonrpc", "\"2.0\"");
        require(!message.containsKey("id") || id instanceof Integer || id instanceof Long || id instanceof String text && text.length() <= 256, "id", "a whole number or a text of at most 256 characters");
        boolean answers = message.containsKey("result") || message.containsKey("error");
        require(answers != message.containsKey("method"), "method", "either method, or result or error");
        if (answers) {
            require(id != null, "id", "the number of the request that is answered");
            return message;
        }
        require(message.getValue("method") instanceof String name && name.length() <= 128, "method", "a text of at most 128 characters");
        Object params = message.getValue("params");
        require(params == null && !message.containsKey("params") || params instanceof JsonObject, "params", "an object");
        if (params instanceof JsonObject object) {
            params(object, message.getString("method"));
        }
        return message;
    }

    private static void params(JsonObject params, String method) {
        for (String name : params.fieldNames()) {
            Object value = params.getValue(name);
            require(!OBJECTS.contains(name) || value instanceof JsonObject, "params." + name, "an object");
            require(!TEXTS.contains(name) || value instanceof String, "params." + name, "a text");
        }
        token(params.getValue("progressToken"));
        token(params.getValue("requestId"));
        if (params.getValue("_meta") instanceof JsonObject meta) {
            token(meta.getValue("progressToken"));
            implementation(meta.getValue("io.modelcontextprotocol/clientInfo"));
            require(!meta.containsKey("io.modelcontextprotocol/clientCapabilities") || meta.getValue("io.modelcontextprotocol/clientCapabilities") instanceof JsonObject, "params._meta", "capabilities as an object");
        }
        if (method.equals("initialize")) {
            require(params.getValue("protocolVersion") instanceof String, "params.protocolVersion", "a text");
            require(params.getValue("clientInfo") instanceof JsonObject, "params.clientInfo", "an object");
        }
        implementation(params.getValue("clientInfo"));
        inner(params.getValue("ref"), "params.ref");
        inner(params.getValue("argument"), "params.argument");
    }

    private static void token(Object value) {
        require(value == null || value instanceof Number || value instanceof String text && text.length() <= 256, "progressToken or requestId", "a number or a text");
    }

    private static void implementation(Object value) {
        if (value instanceof JsonObject client) {
            require(client.getValue("name") instanceof String && client.getValue("version") instanceof String, "clientInfo", "a name and a version");
            inner(client, "clientInfo");
        }
        require(value == null || value instanceof JsonObject, "clientInfo", "an object");
    }

    /** Only texts (and pictures, which are not read). */
    private static void inner(Object value, String field) {
        if (value instanceof JsonObject object) {
            object.fieldNames().forEach(name -> require(name.equals("icons") ? object.getValue(name) instanceof io.vertx.core.json.JsonArray : object.getValue(name) instanceof String, field + "." + name, "a text"));
        }
    }

    private static void require(boolean holds, String field, String allowed) {
        if (!holds) {
            throw new Misshapen(INVALID_REQUEST, "\"" + field + "\" does not fit", allowed);
        }
    }

    static boolean answers(JsonObject message) {
        return !message.containsKey("method");
    }

    /** Without what models send for "nothing": absent arguments are an empty object, and an argument that is null is absent. */
    static JsonObject tidy(JsonObject message) {
        JsonObject params = message.getJsonObject("params");
        if (params == null) {
            return message;
        }
        if ("tools/call".equals(message.getString("method")) || "prompts/get".equals(message.getString("method"))) {
            JsonObject given = params.getJsonObject("arguments", new JsonObject());
            Map<String, Object> kept = new LinkedHashMap<>();
            given.forEach(entry -> {
                if (entry.getValue() != null) {
                    kept.put(entry.getKey(), "prompts/get".equals(message.getString("method")) ? String.valueOf(entry.getValue()) : entry.getValue());
                }
            });
            params.put("arguments", new JsonObject(kept));
            params.put("name", params.getValue("name", ""));
        }
        if ("initialize".equals(message.getString("method"))) {
            introduction(params);
        }
        return message;
    }

    /** A session keeps what its client says of itself for as long as it lasts: so only what is asked for later, and short. */
    private static void introduction(JsonObject params) {
        JsonObject client = params.getJsonObject("clientInfo");
        params.put("clientInfo", new JsonObject().put("name", Excerpt.of(client.getString("name"), LONGEST_NAME)).put("version", Excerpt.of(client.getString("version"), LONGEST_NAME)));
        params.put("protocolVersion", Excerpt.of(params.getString("protocolVersion"), LONGEST_NAME));
        JsonObject kept = new JsonObject();
        if (params.getValue("capabilities") instanceof JsonObject can && can.getValue("elicitation") instanceof JsonObject elicitation) {
            JsonObject modes = new JsonObject();
            ELICITATIONS.stream().filter(elicitation::containsKey).forEach(mode -> modes.put(mode, new JsonObject()));
            kept.put("elicitation", modes);
        }
        params.put("capabilities", kept);
    }

    /** An answer that is none of the protocol's counts as taken back. */
    static JsonObject reply(JsonObject message) {
        Object result = message.getValue("result");
        boolean fits = result instanceof JsonObject object && object.getValue("action") instanceof String action && Set.of("accept", "decline", "cancel").contains(action)
                && (!action.equals("accept") || object.getValue("content") instanceof JsonObject content && content.getValue("answer") instanceof String);
        JsonObject cancel = new JsonObject().put("jsonrpc", "2.0").put("id", message.getValue("id")).put("result", new JsonObject().put("action", "cancel"));
        return fits ? message : cancel;
    }
}
