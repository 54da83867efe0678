package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** What a person reads at the end of a run. */
final class Summary {
    private Summary() {}

    static String of(JsonNode result, Terminal terminal) {
        JsonNode metric = result.path("metric");
        JsonNode trials = result.path("trials");
        StringBuilder text = new StringBuilder();
        line(text, "");
        line(text, terminal.bold(String.format(Locale.ROOT, "%s on the sealed test: %.4f", metric.path("name").asText(), metric.path("test").asDouble()))
                + String.format(Locale.ROOT, "   (the default configuration: %.4f)", metric.path("baseline_test").asDouble()));
        line(text, String.format(Locale.ROOT, "validation on fresh seeds: %.4f, 95 %% interval %.4f to %.4f", metric.path("validation").path("mean").asDouble(),
                metric.path("validation").path("low").asDouble(), metric.path("validation").path("high").asDouble()));
        line(text, String.format(Locale.ROOT, "trials: %d finished, %d pruned, %d infeasible, %d failed; %.1f s in all", trials.path("finished").asInt(), trials.path("pruned").asInt(),
                trials.path("infeasible").asInt(), trials.path("failed").asInt(), result.path("seconds").asDouble()));
        result.path("warnings").forEach(warning -> line(text, "note: " + Terminal.safe(warning.asText())));
        line(text, "");
        line(text, "report   " + result.path("report").asText());
        line(text, "model    " + result.path("model").asText());
        line(text, "receipt  " + result.path("receipt").asText());
        line(text, "predict  tunesmith predict --model " + quoted(result.path("model").asText()) + " --data NEW.csv --out predictions.csv");
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }

    private static String quoted(String path) {
        return path.matches("[\\w./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
