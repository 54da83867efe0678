package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Metric;
import io.tunesmith.task.Nearest;
import java.util.List;
import java.util.Locale;

/** Reads a metric's name; one that there is not is refused with the nearest one and the whole list. */
public final class MetricName {
    private MetricName() {}

    /** @param field the name under which the caller gave it, for the refusal */
    public static Metric read(String field, String text) {
        String spelled = text.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        List<String> names = Metric.names(Metric.Family.values());
        return Metric.named(spelled).orElseThrow(() -> {
            Failure.BadRequest refusal = Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, "there is no metric \"" + text + "\"")
                    .allowed(String.join(", ", names));
            return Nearest.to(spelled, names).map(near -> refusal.hint("did you mean " + near + "?")).orElse(refusal).asException();
        });
    }
}
