package io.tunesmith.api.openai;

import io.tunesmith.api.Idempotency;
import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.talk.Message;
import io.tunesmith.talk.Message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A checked request of {@code POST /v1/responses}.
 *
 * @param previous the answer whose conversation goes on
 */
record ResponseRequest(ChatRequest chat, boolean background, Optional<String> previous, Optional<String> instructions) {

    /** @param before the conversation up to and with an earlier answer */
    static ResponseRequest read(byte[] body, Optional<String> key, boolean retry, Function<String, List<Message>> before) {
        Fields fields = Fields.body(body);
        var mode = ChatRequestReader.mode(fields);
        boolean background = fields.flag("background");
        if (background && fields.field("store").isPresent() && !fields.flag("store")) {
            throw Fields.invalid("store", "what is done in the background must be stored").allowed("true").asException();
        }
        Optional<String> previous = fields.text("previous_response_id");
        Optional<String> instructions = fields.text("instructions");
        List<Message> messages = new ArrayList<>();
        instructions.ifPresent(text -> messages.add(new Message(Role.SYSTEM, text)));
        previous.ifPresent(id -> messages.addAll(before.apply(id)));
        messages.addAll(input(fields));
        ChatRequest chat = new ChatRequest(mode, ChatRequestReader.checked(messages, "input"), ChatRequestReader.stated(fields), fields.flag("stream"), false, key.map(Idempotency::checked), retry);
        return new ResponseRequest(chat, background, previous, instructions);
    }

    private static List<Message> input(Fields fields) {
        JsonNode input = fields.field("input").orElseThrow(() -> Fields.invalid("input", "\"input\" is missing").allowed("a string, or a list of messages").asException());
        if (input.isTextual()) {
            return List.of(new Message(Role.USER, Fields.storable(input.asText())));
        }
        if (!input.isArray()) {
            throw Fields.wrong("input", "a string, or a list of messages");
        }
        // Calls of tools and their results are no messages.
        List<Message> messages = new ArrayList<>();
        for (JsonNode item : input) {
            if (!item.isObject() || item.has("role")) {
                messages.addAll(ChatRequestReader.messages(new com.fasterxml.jackson.databind.node.ArrayNode(com.fasterxml.jackson.databind.node.JsonNodeFactory.instance).add(item), "input"));
            }
        }
        return messages;
    }
}
