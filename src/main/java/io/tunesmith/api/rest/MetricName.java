package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Metric;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a metric's name; one that there is not is refused with the nearest one and the whole list. */
public final class MetricName {
    private MetricName() {}

    /** @param field the name under which the caller gave it, for the refusal */
    public static Metric read(String field, String text) {
        String spelled = text.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        return Metric.named(spelled).orElseThrow(() -> {
            Failure.BadRequest refusal = Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, "there is no metric \"" + text + "\"")
                    .allowed(Arrays.stream(Metric.values()).map(Metric::wire).collect(Collectors.joining(", ")));
            return nearest(spelled).map(metric -> refusal.hint("did you mean " + metric.wire() + "?")).orElse(refusal).asException();
        });
    }

    private static Optional<Metric> nearest(String spelled) {
        return Arrays.stream(Metric.values())
                .min(Comparator.comparingInt(metric -> distance(spelled, metric.wire())))
                .filter(metric -> distance(spelled, metric.wire()) <= Math.max(2, spelled.length() / 3));
    }

    /** Levenshtein's distance. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
