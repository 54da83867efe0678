package io.tunesmith.api.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A line of a batch's output, wherever the batch ran.
 *
 * @param id {@code batch_req_…}
 * @param response null where the request never came to an answer
 * @param error null where there is a response
 */
public record BatchLineView(@JsonProperty(required = true) String id, @JsonProperty(required = true) String customId, Optional<Answer> response, Optional<Refusal> error) {

    /** @param body the endpoint's answer, or its error */
    public record Answer(int statusCode, String requestId, JsonNode body) {}

    /** Why it never ran: {@code budget_exceeded}, {@code batch_cancelled}, {@code batch_expired}, or the service's own word. */
    public record Refusal(String code, String message) {}

    /** Whether a model came out of it. */
    public boolean good() {
        return response.filter(answer -> answer.statusCode() < 400).isPresent();
    }
}
