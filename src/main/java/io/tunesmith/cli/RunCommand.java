package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tunesmith run}: hands request and data to the service, watches, fetches the result. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Trains a model for a request in plain words.")
final class RunCommand implements Callable<Integer> {
    private static final Pattern REFERENCE = Pattern.compile("(?i)(https|s3|hf)://.*");

    @Parameters(paramLabel = "TEXT", description = "The request, for example \"Predict the price. I care about mean absolute error.\"")
    private String text;

    @Option(names = "--data", required = true, paramLabel = "DATA", description = "The table: a file (.csv, .tsv, .txt, .parquet, also in .gz or .zip), or https://…, s3://BUCKET/KEY, hf://datasets/ORG/NAME/PATH, which the service fetches.")
    private String data;

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

    @Option(names = "--out", paramLabel = "DIR", description = "Where report and model go (default tunesmith-out/RUN).")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        check();
        Client client = Service.attachOrStart(common.dataDir());
        JsonNode dataset = fetched() ? client.fetch(data) : client.upload(Path.of(data));
        String run = client.post("/api/v1/runs", body(dataset.path("id").asText())).path("id").asText();
        return new Follow(client, common, quiet).untilEnd(run, out.orElse(Path.of("tunesmith-out", run)), true);
    }

    private boolean fetched() {
        return REFERENCE.matcher(data).matches();
    }

    private void checkFile(Path data) {
        if (!Files.exists(data)) {
            throw Failure.BadRequest.of(FailureCode.NOT_FOUND, "data", "there is no file " + data).hint("check the path; it is relative to " + Path.of("").toAbsolutePath()).asException();
        }
        if (!Files.isRegularFile(data) || !Files.isReadable(data)) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNREADABLE, "data", data + " is not a readable file").allowed("a .csv, .tsv, .txt or .parquet file").asException();
        }
    }

    private void check() {
        if (!fetched()) {
            checkFile(Path.of(data));
        }
        metric.filter(name -> Metric.named(name).isEmpty()).ifPresent(name -> {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "metric", "there is no metric \"" + name + "\"")
                    .allowed(String.join(", ", Metric.names(Metric.Family.CLASSES, Metric.Family.NUMBERS))).asException();
        });
        trials.filter(value -> value < 1).ifPresent(value -> refuse("trials", value, "a whole number from 1"));
        minutes.filter(value -> !(value >= 0.1 && value <= 43_200)).ifPresent(value -> refuse("minutes", value, "a number from 0.1 to 43200"));
        out.filter(dir -> Files.exists(dir) && !Files.isDirectory(dir)).ifPresent(dir -> refuse("out", dir, "a folder, or a path where one can be made"));
        if (text.isBlank()) {
            refuse("TEXT", "\"\"", "a sentence that says what to predict");
        }
    }

    private static void refuse(String field, Object value, String allowed) {
        throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, field + " cannot be " + value).allowed(allowed).asException();
    }

    private ObjectNode body(String dataset) {
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
