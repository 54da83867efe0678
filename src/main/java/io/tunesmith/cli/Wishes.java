package io.tunesmith.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Metric;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a person may state beside the words of a request; checked before anything is sent. */
final class Wishes {
    @Option(names = "--target", paramLabel = "COLUMN", description = "The column to predict; wins over the words of the request.")
    private Optional<String> target = Optional.empty();

    @Option(names = "--metric", paramLabel = "NAME", description = "The metric; wins over the words of the request.")
    private Optional<String> metric = Optional.empty();

    @Option(names = "--trials", paramLabel = "N", description = "At most this many trials (default 50 when no time is given either).")
    private Optional<Long> trials = Optional.empty();

    @Option(names = "--minutes", paramLabel = "M", description = "At most this many minutes in all (default 5).")
    private Optional<Double> minutes = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same trials.")
    private Optional<Long> seed = Optional.empty();

    void check(String text) {
        metric.filter(name -> Metric.named(name).isEmpty()).ifPresent(name -> {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "metric", "there is no metric \"" + name + "\"")
                    .allowed(String.join(", ", Metric.names(Metric.Family.CLASSES, Metric.Family.NUMBERS))).asException();
        });
        trials.filter(value -> value < 1).ifPresent(value -> {
            throw refusal("trials", value, "a whole number from 1");
        });
        minutes.filter(value -> !(value >= 0.1 && value <= 43_200)).ifPresent(value -> {
            throw refusal("minutes", value, "a number from 0.1 to 43200");
        });
        if (text.isBlank()) {
            throw refusal("TEXT", "\"\"", "a sentence that says what to predict");
        }
    }

    static FailureException refusal(String field, Object value, String allowed) {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, field + " cannot be " + value).allowed(allowed).asException();
    }

    ObjectNode body(String text, String dataset) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("prompt", text).put("data_id", dataset);
        target.ifPresent(value -> body.put("target", value));
        metric.ifPresent(value -> body.put("metric", Metric.named(value).orElseThrow().wire()));
        seed.ifPresent(value -> body.put("seed", value));
        ObjectNode budget = body.putObject("budget");
        trials.ifPresent(value -> budget.put("trials", value));
        minutes.ifPresent(value -> budget.put("seconds", value * 60));
        return body;
    }
}
