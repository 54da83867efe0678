package io.tunesmith.task;

import io.tunesmith.core.Metric;
import io.tunesmith.task.Claims.Settled;
import io.tunesmith.task.TaskSpec.Budget;
import io.tunesmith.task.TaskSpec.Deploy;
import io.tunesmith.task.TaskSpec.Limits;
import io.tunesmith.task.TaskSpec.MetricGoal;
import io.tunesmith.task.TaskSpec.Open;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A {@link TaskSpec} in the making: takes each field with its source. For one thread. */
final class Draft {
    private TaskType task = TaskType.UNSUPPORTED;
    private Optional<String> target = Optional.empty();
    private Optional<String> data = Optional.empty();
    private List<String> objects = List.of();
    private Optional<MetricGoal> metric = Optional.empty();
    private Limits limits = Limits.NONE;
    private Optional<String> device = Optional.empty();
    private Budget budget = Budget.NONE;
    private Deploy deploy = Deploy.NONE;
    private Optional<Long> seed = Optional.empty();
    private final List<Open> open = new ArrayList<>();
    private final SortedMap<String, String> sources = new TreeMap<>();

    void task(TaskType found, String source) {
        task = found;
        source("task", source);
    }

    void target(String name, String source) {
        target = Optional.of(name);
        source("target", source);
    }

    void data(String reference, String source) {
        data = Optional.of(reference);
        source("data", source);
    }

    void objects(List<String> found) {
        objects = found;
    }

    void metric(Metric name, String source, Optional<Double> goal, String goalSource) {
        metric = Optional.of(new MetricGoal(name, name.direction(), goal));
        source("metric.name", source);
        if (goal.isPresent()) {
            source("metric.goal", goalSource);
        }
    }

    void seed(Settled<Long> found) {
        seed = taken("seed", found);
    }

    void deploy(Settled<String> format, Settled<String> runtime, Settled<String> hardware) {
        deploy = new Deploy(taken("deploy.format", format), taken("deploy.runtime", runtime));
        device = taken("limits.device", hardware);
    }

    void limits(Settled<Double> parameters, Settled<Double> flops, Settled<Double> latency, Settled<Double> modelBytes, Settled<Double> memoryBytes) {
        limits = new Limits(taken("limits.parameters", parameters), taken("limits.flops", flops), taken("limits.latency_ms", latency), device, taken("limits.model_bytes", modelBytes), taken("limits.memory_bytes", memoryBytes));
    }

    void budget(Settled<Long> trials, Settled<Double> seconds, Settled<Double> gpuSeconds, Settled<Long> tokens, Settled<Double> money) {
        budget = new Budget(taken("budget.trials", trials), taken("budget.seconds", seconds), taken("budget.gpu_seconds", gpuSeconds), taken("budget.tokens", tokens), taken("budget.money_usd", money));
    }

    void open(Open question) {
        open.add(question);
    }

    private <T> Optional<T> taken(String field, Settled<T> settled) {
        settled.open().ifPresent(open::add);
        settled.value().ifPresent(value -> source(field, settled.source()));
        return settled.value();
    }

    private void source(String field, String source) {
        if (!source.isEmpty()) {
            sources.put(field, source);
        }
    }

    TaskSpec spec() {
        return new TaskSpec(task, target, data, objects, Optional.empty(), metric, limits, budget, deploy, seed, open, sources);
    }
}
