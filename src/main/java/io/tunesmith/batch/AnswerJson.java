package io.tunesmith.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The one form of a line of output, of the service's batches and of the command's. */
public final class AnswerJson {
    /** Our own answers may be deeper than what is taken from others. */
    private static final JsonMapper ANSWERS = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private AnswerJson() {}

    /** @param request names the line: {@code batch_req_…} */
    public static String line(String request, String customId, LineAnswer answer) {
        ObjectNode line = LineJson.MAPPER.createObjectNode().put("id", request).put("custom_id", customId);
        switch (answer) {
            case LineAnswer.Response(int status, String body) -> {
                line.putObject("response").put("status_code", status).put("request_id", request.replaceFirst("^batch_req_", "req_")).set("body", read(body));
                line.putNull("error");
            }
            case LineAnswer.NeverRan(String code, String message) -> {
                line.putNull("response");
                line.putObject("error").put("code", code).put("message", message);
            }
        }
        return line.toString();
    }

    private static JsonNode read(String body) {
        try {
            return ANSWERS.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that we wrote is no JSON", e);
        }
    }
}
