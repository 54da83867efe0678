package io.tunesmith.api.openai;

import io.tunesmith.core.RunId;
import io.tunesmith.run.RunStatus;
import java.util.List;
import java.util.Optional;

/** A {@code chat.completion}: the body of an answer that is no stream. */
public record Completion(String id, String object, long created, String model, List<Choice> choices, Tokens.Usage usage, About tunesmith) {

    public record Choice(int index, Content message, String finishReason, Optional<Object> logprobs) {}

    public record Content(String role, String content, Optional<String> refusal) {}

    /**
     * What programs want to know beside the words.
     *
     * @param error the code of what was refused
     */
    public record About(Optional<String> runId, Optional<String> status, boolean attached, Optional<String> error) {
        static About of(Reply reply) {
            return new About(reply.run().map(RunId::value), reply.status().map(RunStatus::wire), reply.attached(), reply.refusal().map(refusal -> refusal.code().wire()));
        }
    }

    static Completion of(Reply reply) {
        Choice choice = new Choice(0, new Content("assistant", reply.text(), Optional.empty()), "stop", Optional.empty());
        return new Completion(reply.id(), "chat.completion", reply.created().getEpochSecond(), reply.model(), List.of(choice), reply.usage(), About.of(reply));
    }
}
