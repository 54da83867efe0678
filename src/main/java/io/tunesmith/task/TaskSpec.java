package io.tunesmith.task;

import io.tunesmith.core.Direction;
import io.tunesmith.core.Metric;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request as understood. Absent is empty, never 0 or "none". In JSON (snake_case, absent as null) this is the wire form of a task.
 *
 * @param target the column as spelled in the data, else as named in the text
 * @param data path, URL or id as spelled in the text
 * @param objects classes or things named, lower-case singular
 * @param open what the request leaves undecided
 * @param sources field path (for example {@code limits.latency_ms}) → the quoted words of the request, or the fact it came from
 */
public record TaskSpec(
        TaskType task,
        Optional<String> target,
        Optional<String> data,
        List<String> objects,
        Optional<String> scenario,
        Optional<MetricGoal> metric,
        Limits limits,
        Budget budget,
        Deploy deploy,
        Optional<Long> seed,
        List<Open> open,
        SortedMap<String, String> sources) {

    public TaskSpec {
        objects = List.copyOf(objects);
        open = List.copyOf(open);
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
    }

    /** @param goal a demanded value, as a fraction for percentages */
    public record MetricGoal(Metric name, Direction direction, Optional<Double> goal) {}

    /** Limits on the model: count, count for one example, milliseconds for one example, hardware by name, bytes of the file, bytes of memory when running. */
    public record Limits(Optional<Double> parameters, Optional<Double> flops, Optional<Double> latencyMs, Optional<String> device, Optional<Double> modelBytes, Optional<Double> memoryBytes) {
        public static final Limits NONE = new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What the request says about the job's cost; the run's own budget fills in the rest. */
    public record Budget(Optional<Long> trials, Optional<Double> seconds, Optional<Double> gpuSeconds, Optional<Long> tokens, Optional<Double> moneyUsd) {
        public static final Budget NONE = new Budget(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** How the model will be used: file format (onnx, tflite, …), software that runs it (tensorrt, browser, …). */
    public record Deploy(Optional<String> format, Optional<String> runtime) {
        public static final Deploy NONE = new Deploy(Optional.empty(), Optional.empty());
    }

    /** A field that the request leaves undecided, or decides twice. */
    public record Open(String field, String why, List<String> options) {
        public Open {
            options = List.copyOf(options);
        }
    }

    /** The source of a field, for people: the words or the fact; empty if the field is absent. */
    public Optional<String> source(String field) {
        return Optional.ofNullable(sources.get(field));
    }
}
