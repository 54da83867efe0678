package io.tunesmith.api.mcp;

import io.quarkiverse.mcp.server.Elicitation;
import io.quarkiverse.mcp.server.ElicitationRequest;
import io.quarkiverse.mcp.server.ElicitationRequest.EnumSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.PrimitiveSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.StringSchema;
import io.quarkiverse.mcp.server.ElicitationResponse;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Question;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Questions under way to people at their clients. The protocol library numbers its requests 1, 2, 3 … over all clients, so that any key could guess
 * another's and answer it; here it is known whose each one is, and the {@link Envelope} lets no other answer through. This is the only place that
 * sends requests to clients, which is why the numbers can be told beforehand. Thread-safe.
 */
@Singleton
final class Elicitations {
    private static final String FIELD = "answer";
    private static final int LONGEST = 1000;
    private final ReentrantLock sending = new ReentrantLock();
    private final Map<Long, Caller> open = new ConcurrentHashMap<>();
    private long sent;

    /** Whether this caller was asked a question of this number and has not answered. */
    boolean awaits(Object id, Caller caller) {
        return id instanceof Number number && caller.equals(open.get(number.longValue()));
    }

    Optional<String> ask(Elicitation client, Caller caller, Question question, Duration patience) {
        ElicitationRequest request = client.requestBuilder().setMessage(question.text()).addSchemaProperty(FIELD, schema(question)).setTimeout(patience).build();
        long id = 0;
        CompletableFuture<ElicitationResponse> answer;
        sending.lock();
        try {
            id = ++sent;
            open.put(id, caller);
            answer = request.send().subscribeAsCompletionStage();
        } finally {
            sending.unlock();
        }
        try {
            ElicitationResponse response = answer.get(patience.toMillis() + 1000, TimeUnit.MILLISECONDS);
            return response.actionAccepted() ? Optional.ofNullable(response.content().getString(FIELD)).map(String::strip).filter(text -> !text.isEmpty()) : Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            open.remove(id);
        }
    }

    private static PrimitiveSchema schema(Question question) {
        String description = question.assumed().map(value -> "If you do not mind: " + value).orElse("Your answer");
        if (question.options().isEmpty()) {
            return StringSchema.builder().setDescription(description).setMinLength(1).setMaxLength(LONGEST).setRequired(true).build();
        }
        List<String> options = new ArrayList<>(question.options());
        return EnumSchema.builder(options).setDescription(description).setRequired(true).build();
    }
}
