package io.tunesmith.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A run.
 *
 * @param status queued, planning, waiting_input, running, pausing, paused, cancelling, succeeded, failed, cancelled or budget_exhausted; the last four never change
 * @param parent the run that this one goes on from
 * @param question what it waits for
 * @param budget what it may spend, with all that was added; once planned
 * @param task the request as understood, once read
 * @param result result.json of a run that has ended with a model
 * @param error why it ended without one
 */
public record RunView(String id, String status, String prompt, String dataId, long seed, Instant accepted, Optional<Instant> ended, Optional<String> parent, Optional<QuestionView> question, Optional<BudgetView> budget,
        Optional<JsonNode> task, Optional<PlanView> plan, Optional<ProgressView> progress, Optional<JsonNode> result, Optional<ErrorView> error) {

    public RunView {
        task = task.filter(node -> !node.isNull());
        result = result.filter(node -> !node.isNull());
    }
}
