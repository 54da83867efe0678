package io.tunesmith.api.rest;

import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.run.Datasets;
import io.tunesmith.run.RunRequest;
import io.tunesmith.run.Start;
import io.tunesmith.task.Overrides;
import java.util.Optional;

/**
 * The body of {@code POST /api/v1/plans}: what to make a model of.
 *
 * @param prompt the request in plain words
 * @param data a reference: an id, {@code https:}, {@code s3:}, {@code hf:}, or a path below a root that the operator allowed
 * @param dataId of a data set that the service keeps; {@code data} or this
 * @param target the column to predict; absent: read from the request
 * @param metric a metric's wire name; absent: read from the request or chosen
 * @param budget absent: 5 minutes or 50 trials, whichever ends first
 * @param seed of the study; absent: drawn
 */
public record MakePlan(Optional<String> prompt, Optional<String> data, Optional<String> dataId, Optional<String> target, Optional<String> metric, Optional<BudgetView> budget, Optional<Long> seed) {
    /** The longest request that is read. */
    public static final int MAX_PROMPT = 100_000;

    /** The checked request; every refusal names the field, the value and what is allowed. Takes as long as the transfer of the data. */
    RunRequest request(Datasets datasets, Start start) {
        String text = text();
        if (data.isPresent() && dataId.isPresent()) {
            throw Failure.BadRequest.of(FailureCode.CONTRADICTION, "data_id", "data and data_id both name data").allowed("one of them").asException();
        }
        if (data.or(() -> dataId).filter(name -> !name.isBlank()).isEmpty()) {
            throw invalid("data_id", "there is no data set").hint("upload one: POST /api/v1/datasets").asException();
        }
        Overrides overrides = overrides();
        DatasetId id = data.map(reference -> datasets.resolve(reference.strip()).id()).orElseGet(() -> new DatasetId(dataId.orElseThrow()));
        return new RunRequest(text, id, overrides, start, Optional.empty());
    }

    String text() {
        String text = prompt.map(String::strip).orElse("");
        if (text.isEmpty()) {
            throw invalid("prompt", "the request is empty").hint("say in plain words what to predict").asException();
        }
        if (text.length() > MAX_PROMPT) {
            throw invalid("prompt", "the request has " + text.length() + " characters").allowed("at most " + MAX_PROMPT).asException();
        }
        return text;
    }

    Overrides overrides() {
        BudgetView caps = budget.orElse(BudgetView.NONE).checked();
        if (target.filter(String::isBlank).isPresent()) {
            throw invalid("target", "the target is empty").allowed("a column's name").asException();
        }
        return new Overrides(target, metric.map(name -> MetricName.read("metric", name)), caps.trials(), caps.seconds(), seed);
    }

    private static Failure.BadRequest invalid(String field, String message) {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, message);
    }
}
