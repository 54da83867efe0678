package io.tunesmith.api.rest;

import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.run.RunRequest;
import io.tunesmith.run.Start;
import io.tunesmith.task.Overrides;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The body of {@code POST /api/v1/runs}.
 *
 * @param prompt the request in plain words
 * @param dataId of an uploaded data set
 * @param target the column to predict; absent: read from the request
 * @param metric a metric's wire name; absent: read from the request or chosen
 * @param budget absent: 5 minutes or 50 trials, whichever ends first
 * @param seed of the study; absent: drawn
 * @param start {@code now} (the default), {@code ask}: questions come first, or {@code hold}: it is planned and waits for a "yes"
 */
public record StartRun(String prompt, String dataId, Optional<String> target, Optional<String> metric, Optional<BudgetView> budget, Optional<Long> seed, Optional<String> start) {
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
        return new RunRequest(prompt.strip(), new DatasetId(dataId), overrides(), begins(), Optional.empty());
    }

    private Overrides overrides() {
        BudgetView caps = budget.orElse(BudgetView.NONE);
        caps.onlyTrialsAndSeconds();
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

    private Start begins() {
        String wanted = start.orElse("now");
        return Stream.of(Start.values()).filter(one -> one.name().toLowerCase(Locale.ROOT).equals(wanted)).findFirst()
                .orElseThrow(() -> invalid("start", "a run cannot start \"" + wanted + "\"").allowed("now, ask, hold").asException());
    }

    private static Failure.BadRequest invalid(String field, String message) {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, message);
    }
}
