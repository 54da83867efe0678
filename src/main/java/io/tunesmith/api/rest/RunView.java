package io.tunesmith.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A run.
 *
 * @param status queued, planning, running, cancelling, succeeded, failed, cancelled or budget_exhausted; the last four never change
 * @param task the request as understood, once read
 * @param result result.json of a run that has ended with a model
 * @param error why it ended without one
 */
public record RunView(String id, String status, String prompt, String dataId, long seed, Instant accepted, Optional<Instant> ended,
        Optional<JsonNode> task, Optional<PlanView> plan, Optional<ProgressView> progress, Optional<JsonNode> result, Optional<ErrorView> error) {

    public RunView {
        task = task.filter(node -> !node.isNull());
        result = result.filter(node -> !node.isNull());
    }
}
