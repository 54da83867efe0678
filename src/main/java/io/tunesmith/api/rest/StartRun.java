package io.tunesmith.api.rest;

import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.run.RunRequest;
import io.tunesmith.task.Overrides;
import java.util.Optional;

/**
 * The body of {@code POST /api/v1/runs}.
 *
 * @param prompt the request in plain words
 * @param dataId of an uploaded data set
 * @param target the column to predict; absent: read from the request
 * @param metric a metric's wire name; absent: read from the request or chosen
 * @param budget absent: 5 minutes or 50 trials, whichever ends first
 * @param seed of the study; absent: drawn
 */
public record StartRun(String prompt, String dataId, Optional<String> target, Optional<String> metric, Optional<BudgetView> budget, Optional<Long> seed) {
    /** The longest request that is read. */
    public static final int MAX_PROMPT = 100_000;

    /** The checked request; every refusal names the field, the value and what is allowed. */
    RunRequest request() {
        if (prompt == null || prompt.isBlank()) {
            throw invalid("prompt", "the request is empty").hint("say in plain words what to predict").asException();
        }
        if (prompt.length() > MAX_PROMPT) {
            throw invalid("prompt", "the request has " + prompt.length() + " characters").allowed("at most " + MAX_PROMPT).asException();
        }
        if (dataId == null || dataId.isBlank()) {
            throw invalid("data_id", "there is no data set").hint("upload one: POST /api/v1/datasets").asException();
        }
        return RunRequest.now(prompt.strip(), new DatasetId(dataId), overrides());
    }

    private Overrides overrides() {
        BudgetView caps = budget.orElse(BudgetView.NONE);
        caps.gpuSeconds().ifPresent(_ -> refuse("budget.gpu_seconds"));
        caps.tokens().ifPresent(_ -> refuse("budget.tokens"));
        caps.moneyUsd().ifPresent(_ -> refuse("budget.money_usd"));
        caps.trials().filter(trials -> trials < 1).ifPresent(trials -> {
            throw invalid("budget.trials", trials + " trials are none").allowed("1 or more").asException();
        });
        caps.seconds().filter(seconds -> !(seconds > 0 && seconds <= 1e9)).ifPresent(seconds -> {
            throw invalid("budget.seconds", seconds + " seconds are no time").allowed("more than 0, at most 1e9").asException();
        });
        if (target.filter(String::isBlank).isPresent()) {
            throw invalid("target", "the target is empty").allowed("a column's name").asException();
        }
        return new Overrides(target, metric.map(name -> MetricName.read("metric", name)), caps.trials(), caps.seconds(), seed);
    }

    private static void refuse(String field) {
        throw Failure.BadRequest.of(FailureCode.UNSUPPORTED, field, "this cap cannot be kept yet").allowed("budget.trials, budget.seconds").asException();
    }

    private static Failure.BadRequest invalid(String field, String message) {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, message);
    }
}
