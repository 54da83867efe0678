package io.tunesmith.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.api.rest.Problem;
import io.tunesmith.api.rest.WireJson;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** How an error looks to whoever called: clients of each door read one form and lose the message of any other. The path alone decides. */
public enum ErrorForm {
    /** RFC 9457: every path but those of the other two. */
    PROBLEM,
    /** {@code {"error":{"message","type","param","code"}}}: all below {@code /v1}. */
    OPENAI,
    /** An error answer of JSON-RPC 2.0 to no request in particular: {@code /mcp}. */
    JSON_RPC;

    private static final int INVALID_REQUEST = -32600;
    private static final int METHOD_NOT_FOUND = -32601;
    private static final int INTERNAL = -32603;
    private static final int REFUSED = -32000;

    public static ErrorForm of(String path) {
        if (path.equals("/v1") || path.startsWith("/v1/")) {
            return OPENAI;
        }
        return path.equals("/mcp") || path.startsWith("/mcp/") ? JSON_RPC : PROBLEM;
    }

    public String mediaType() {
        return this == PROBLEM ? Problem.MEDIA_TYPE : MediaType.APPLICATION_JSON;
    }

    /** @param request the id of the request, under which the log has what is ours to mend */
    public String body(Problem problem, Optional<String> request) {
        return WireJson.write(switch (this) {
            case PROBLEM -> problem(problem, request);
            case OPENAI -> openAi(problem);
            case JSON_RPC -> jsonRpc(problem, request);
        });
    }

    private static ObjectNode problem(Problem problem, Optional<String> request) {
        ObjectNode node = WireJson.MAPPER.valueToTree(problem);
        request.ifPresent(id -> node.put("instance", "/requests/" + id));
        return node;
    }

    private static ObjectNode openAi(Problem problem) {
        ObjectNode body = WireJson.MAPPER.createObjectNode();
        body.set("error", openAiError(problem));
        return body;
    }

    /** The error itself, for those that tell it within something else: a stream that has begun, a line of a batch. */
    public static ObjectNode openAiError(Problem problem) {
        Optional<Problem.FieldError> first = problem.errors().stream().findFirst();
        return WireJson.MAPPER.createObjectNode().put("message", sentence(problem)).put("type", type(problem.status())).put("param", first.flatMap(Problem.FieldError::field).orElse(null))
                .put("code", problem.code());
    }

    private static ObjectNode jsonRpc(Problem problem, Optional<String> request) {
        ObjectNode body = WireJson.MAPPER.createObjectNode().put("jsonrpc", "2.0").putNull("id");
        ObjectNode error = body.putObject("error").put("code", rpcCode(problem.status())).put("message", sentence(problem));
        error.set("data", problem(problem, request));
        return body;
    }

    /** What is wrong, what would pass, what to do: forms that have one text get it all. */
    private static String sentence(Problem problem) {
        Optional<Problem.FieldError> first = problem.errors().stream().findFirst();
        return first.map(Problem.FieldError::message).orElse(problem.detail()) + first.flatMap(Problem.FieldError::allowed).map(allowed -> "; allowed: " + allowed).orElse("")
                + first.flatMap(Problem.FieldError::hint).map(hint -> "; " + hint).orElse("");
    }

    private static String type(int status) {
        return switch (status) {
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }

    private static int rpcCode(int status) {
        return switch (status) {
            case 400, 413, 415 -> INVALID_REQUEST;
            case 404, 405 -> METHOD_NOT_FOUND;
            default -> status >= 500 ? INTERNAL : REFUSED;
        };
    }
}
