package io.tunesmith.doors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks at the answers to hostile inputs: each has the status that it must have, in the form of its door, and nothing in it that is not the asker's.
 *
 * @param planted what the asker may not see
 * @param taken the statuses below 400 that the description of the calls has for the door
 */
public record Judge(Planted planted, Set<Integer> taken) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern INSIDE = Pattern.compile("Exception|\\tat |at (io|java|jdk|org|com)\\.|root:x:0");
    private static final Set<String> OPENAI_TYPES = Set.of("invalid_request_error", "permission_error", "rate_limit_error");

    private enum Form {PROBLEM, OPENAI, JSON_RPC}

    /** Sends all inputs, each on a line of its own. @return what is wrong with the answers */
    public List<String> complaints(int port, List<Hostile.Case> inputs) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Hostile.Case input : inputs) {
            wrong.addAll(complaints(input, RawHttp.send(port, input)));
        }
        return wrong;
    }

    /** What is wrong with an answer; nothing where all is as it must be. */
    public List<String> complaints(Hostile.Case input, RawHttp.Answer answer) {
        List<String> wrong = new ArrayList<>();
        secrets(input, answer, wrong);
        switch (input.must()) {
            case NOTHING -> check(answer.status() == 0 && !answer.closed(), "answered", wrong);
            case READER -> check(Set.of(400, 414, 431).contains(answer.status()) && answer.body().isEmpty() && answer.header("content-length").orElse("").equals("0"), "not refused by the reader of HTTP", wrong);
            case KEY -> refusal(401, input, answer, wrong);
            case STRANGER -> refusal(403, input, answer, wrong);
            case REFUSE -> {
                if (answer.status() == 200 && form(input) == Form.JSON_RPC) {
                    check(failed(answer, wrong), "taken", wrong);
                } else {
                    refusal(0, input, answer, wrong);
                }
            }
            case ANSWER -> answered(input, answer, wrong);
        }
        return wrong.stream().map(what -> input.name() + ": " + what + "\n" + shown(answer)).toList();
    }

    private void answered(Hostile.Case input, RawHttp.Answer answer, List<String> wrong) {
        boolean options = new String(input.bytes(), 0, Math.min(8, input.bytes().length), java.nio.charset.StandardCharsets.ISO_8859_1).equals("OPTIONS ");
        if (options && answer.status() == 200) {
            // RFC 9110, 9.3.7: which methods a path takes, and no more.
            check(answer.body().isEmpty() && answer.header("allow").isPresent(), "more than the methods is told", wrong);
        } else if (answer.status() >= 400) {
            refusal(0, input, answer, wrong);
        } else {
            check(taken.contains(answer.status()), "no status of this door", wrong);
            check(input.isHead() || answer.body().isEmpty() || parsed(answer, wrong) != null, "no JSON", wrong);
        }
    }

    /** @param status 0: any of 4xx */
    private void refusal(int status, Hostile.Case input, RawHttp.Answer answer, List<String> wrong) {
        check(status == 0 ? answer.status() >= 400 && answer.status() < 500 : answer.status() == status, "the status is no " + (status == 0 ? "4xx" : status), wrong);
        JsonNode body = input.isHead() ? null : parsed(answer, wrong);
        if (body == null) {
            return;
        }
        Form form = form(input);
        check(answer.header("x-request-id").orElse("").startsWith("req_"), "no x-request-id", wrong);
        String type = answer.header("content-type").orElse("").split(";")[0];
        boolean formed = switch (form) {
            case PROBLEM -> type.equals("application/problem+json") && body.path("status").asInt() == answer.status() && body.path("code").isTextual() && body.path("title").isTextual() && body.path("instance").asText().contains("req_");
            case OPENAI -> type.equals("application/json") && !body.path("error").path("message").asText().isBlank() && OPENAI_TYPES.contains(body.path("error").path("type").asText()) && body.path("error").has("param")
                    && body.path("error").path("code").isTextual();
            case JSON_RPC -> type.equals("application/json") && body.path("jsonrpc").asText().equals("2.0") && body.path("error").path("code").asInt() < 0 && !body.path("error").path("message").asText().isBlank();
        };
        check(formed, "not in the form of " + form, wrong);
    }

    /** A tool of MCP tells in its result what it refuses. */
    private static boolean failed(RawHttp.Answer answer, List<String> wrong) {
        JsonNode body = parsed(answer, wrong);
        return body != null && (body.path("error").path("code").asInt() < 0 || body.path("result").path("isError").asBoolean());
    }

    private void secrets(Hostile.Case input, RawHttp.Answer answer, List<String> wrong) {
        check(answer.status() == 0 || answer.status() >= 200 && answer.status() < 500, "status " + answer.status(), wrong);
        check(answer.status() != 429, "the limit of the key answers, and not the door", wrong);
        check(!answer.whole().contains(Planted.WORD), "tells what is another's", wrong);
        check(!answer.whole().contains(HostileProfile.CANARY), "tells what lies outside", wrong);
        check(!INSIDE.matcher(answer.whole()).find(), "tells how it is made", wrong);
        check(answer.header("x-evil").isEmpty() && answer.header("set-cookie").isEmpty(), "a header of the input's", wrong);
        planted.ids().stream().filter(id -> answer.whole().contains(id)).forEach(id -> check(input.says(id), "tells the id " + id, wrong));
    }

    private static JsonNode parsed(RawHttp.Answer answer, List<String> wrong) {
        try {
            JsonNode body = JSON.readTree(answer.body());
            check(body.isObject(), "no object", wrong);
            return body;
        } catch (JsonProcessingException e) {
            wrong.add("no JSON");
            return null;
        }
    }

    /** By where the path leads, or seems to lead: a client of a door reads that door's errors only. */
    private static Form form(Hostile.Case input) {
        String target = input.target().replaceFirst("^[a-z]+://[^/]*", "").replaceAll("\\?.*", "").replaceAll("/+", "/");
        Form plain = of(target);
        return plain == Form.PROBLEM ? of(normal(target.replaceAll("(?i)%2e", "."))) : plain;
    }

    private static Form of(String path) {
        return path.matches("/v1(/.*)?") ? Form.OPENAI : path.matches("/mcp(/.*)?") ? Form.JSON_RPC : Form.PROBLEM;
    }

    private static String normal(String path) {
        try {
            return Optional.ofNullable(URI.create(path).normalize().getRawPath()).orElse("").replaceFirst("^(/\\.\\.)+", "");
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    private static void check(boolean holds, String otherwise, List<String> wrong) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }

    private static String shown(RawHttp.Answer answer) {
        String whole = answer.whole();
        return "    " + (answer.closed() ? "(closed) " : "") + whole.substring(0, Math.min(900, whole.length())).replace("\n", "\n    ");
    }
}
