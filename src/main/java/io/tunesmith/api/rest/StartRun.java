package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.run.Datasets;
import io.tunesmith.run.RunRequest;
import io.tunesmith.run.Start;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The body of {@code POST /api/v1/runs}: a plan to start, or what to make a model of, as {@link MakePlan} says it.
 *
 * @param planId of a plan that waits to be started; then nothing else is said
 * @param start {@code now} (what the request leaves open is assumed), {@code ask} (questions first, and above the price that starts by itself a yes is
 *     asked for), {@code hold} (never by itself: what POST /plans makes); absent: now
 */
public record StartRun(Optional<String> planId, Optional<String> prompt, Optional<String> data, Optional<String> dataId, Optional<String> target, Optional<String> metric, Optional<BudgetView> budget,
        Optional<Long> seed, Optional<String> start) {

    /** The checked request. */
    RunRequest request(Datasets datasets) {
        return new MakePlan(prompt, data, dataId, target, metric, budget, seed).request(datasets, start.map(StartRun::start).orElse(Start.NOW));
    }

    /** The plan to start, if one is named. */
    Optional<String> plan() {
        boolean more = prompt.isPresent() || data.isPresent() || dataId.isPresent() || target.isPresent() || metric.isPresent() || budget.isPresent() || seed.isPresent() || start.isPresent();
        if (planId.isPresent() && more) {
            throw Failure.BadRequest.of(FailureCode.CONTRADICTION, "plan_id", "a plan is started as it is").allowed("plan_id alone").hint("what it asks is answered: POST /api/v1/runs/{id}/answers").asException();
        }
        return planId;
    }

    private static Start start(String text) {
        return Arrays.stream(Start.values()).filter(known -> known.name().toLowerCase(Locale.ROOT).equals(text)).findFirst().orElseThrow(() -> Failure.BadRequest
                .of(FailureCode.INVALID_REQUEST, "start", "\"" + text + "\" is no way to start").allowed(Arrays.stream(Start.values()).map(known -> known.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "))).asException());
    }
}
