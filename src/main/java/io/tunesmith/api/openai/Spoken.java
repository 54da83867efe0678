package io.tunesmith.api.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Set;

/** The words of a list of messages. Only a user's can ask for anything, and of those only the last. */
final class Spoken {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");
    private static final int MOST = 1000;

    private Spoken() {}

    /** The text of the last user message; its parts one after the other. */
    static String last(JsonNode messages, String field) {
        if (!messages.isArray() || messages.isEmpty() || messages.size() > MOST) {
            throw invalid(field, messages.isArray() ? "there are " + messages.size() + " messages" : field + " is no list of messages").allowed("1 to " + MOST + " messages").asException();
        }
        String last = "";
        for (int i = 0; i < messages.size(); i++) {
            JsonNode message = messages.get(i);
            String role = message.path("role").asText("");
            if (!message.isObject() || !ROLES.contains(role)) {
                throw invalid(field + "[" + i + "].role", "there is no such role").allowed("system, developer, user, assistant, tool").asException();
            }
            String text = text(message.path("content"), field + "[" + i + "].content");
            last = role.equals("user") ? text : last;
        }
        return last;
    }

    private static String text(JsonNode content, String field) {
        if (content.isTextual()) {
            return content.textValue();
        }
        if (content.isMissingNode() || content.isNull()) {
            return "";
        }
        if (!content.isArray()) {
            throw invalid(field, "the content is no text and no list of parts").asException();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (part.path("text").isTextual()) {
                text.append(text.isEmpty() ? "" : "\n").append(part.path("text").textValue());
            }
        }
        return text.toString();
    }

    private static Failure.BadRequest invalid(String field, String message) {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, message);
    }
}
