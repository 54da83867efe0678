package io.tunesmith.api.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tunesmith.api.rest.WireJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the chunks of one stream: they share id, time and model.
 *
 * @param usage whether every chunk says {@code usage}, null but in the last
 */
record Chunk(String id, long created, String model, boolean usage) {

    String role() {
        return delta(Map.of("role", "assistant", "content", ""), Optional.empty());
    }

    String content(String text) {
        return delta(Map.of("content", text), Optional.empty());
    }

    String reasoning(String text) {
        return delta(Map.of("reasoning_content", text), Optional.empty());
    }

    String end(Completion.About about) {
        return write(List.of(new Choice(0, Map.of(), Optional.of("stop"), Optional.empty())), Optional.empty(), Optional.of(about));
    }

    String usage(Tokens.Usage used) {
        return write(List.of(), Optional.of(used), Optional.empty());
    }

    private String delta(Map<String, String> delta, Optional<String> finish) {
        return write(List.of(new Choice(0, delta, finish, Optional.empty())), Optional.empty(), Optional.empty());
    }

    private String write(List<Choice> choices, Optional<Tokens.Usage> used, Optional<Completion.About> about) {
        return WireJson.write(usage ? new WithUsage(id, "chat.completion.chunk", created, model, choices, used, about) : new Plain(id, "chat.completion.chunk", created, model, choices, about));
    }

    private record Choice(int index, Map<String, String> delta, Optional<String> finishReason, Optional<Object> logprobs) {}

    private record Plain(String id, String object, long created, String model, List<Choice> choices, @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Completion.About> tunesmith) {}

    private record WithUsage(String id, String object, long created, String model, List<Choice> choices, Optional<Tokens.Usage> usage, @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Completion.About> tunesmith) {}
}
