package io.tunesmith.report;

import io.tunesmith.report.document.Block;
import io.tunesmith.report.document.Escape;
import io.tunesmith.report.document.Formats;
import io.tunesmith.report.document.Section;
import io.tunesmith.report.document.Table;
import io.tunesmith.report.document.Text;
import io.tunesmith.task.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words of the request, and what was read from them: each field with its source. */
final class RequestSection {
    private static final int LONGEST_QUOTE = 2000;

    private RequestSection() {}

    static Section of(StudyReport report) {
        TaskSpec task = report.task();
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Quote(Escape.shorten(report.request(), LONGEST_QUOTE)));
        blocks.add(new Block.Rows(Table.of("What was read", "Field", "Read as", "From").rows(fields(task), field ->
                List.of(Text.of(field.name()), Text.of("").strong(field.value()), Text.of(task.source(field.path()).map(source -> from(source, report.request())).orElse("—"))))));
        if (task.open().isEmpty()) {
            blocks.add(Block.paragraph("Nothing was left undecided (0 open fields)."));
        } else {
            blocks.add(Block.paragraph("The request left " + Formats.count(task.open().size(), "field") + " undecided:"));
            blocks.add(new Block.Bullets(task.open().stream().map(RequestSection::open).toList()));
        }
        return new Section("request", "How the request was read", blocks);
    }

    private record Field(String name, String path, String value) {}

    private static List<Field> fields(TaskSpec task) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("Task", "task", task.task().wire().replace('-', ' ')));
        add(fields, "Target", "target", task.target());
        add(fields, "Data", "data", task.data());
        add(fields, "Objects", "objects", task.objects().isEmpty() ? Optional.empty() : Optional.of(String.join(", ", task.objects())));
        add(fields, "Scenario", "scenario", task.scenario());
        add(fields, "Metric", "metric", task.metric().map(metric -> Answer.unit(metric.name(), metric.direction())));
        add(fields, "Goal", "metric.goal", task.metric().flatMap(TaskSpec.MetricGoal::goal).map(Formats::shortly));
        limits(fields, task.limits());
        budget(fields, task.budget());
        add(fields, "File format", "deploy.format", task.deploy().format());
        add(fields, "Runtime", "deploy.runtime", task.deploy().runtime());
        add(fields, "Seed", "seed", task.seed());
        return fields;
    }

    private static void limits(List<Field> fields, TaskSpec.Limits limits) {
        add(fields, "Most parameters", "limits.parameters", limits.parameters().map(Formats::shortly));
        add(fields, "Most FLOPs", "limits.flops", limits.flops().map(Formats::shortly));
        add(fields, "Latency at most", "limits.latency_ms", limits.latencyMs().map(Formats::milliseconds));
        add(fields, "Device", "limits.device", limits.device());
        add(fields, "Model size at most", "limits.model_bytes", limits.modelBytes().map(bytes -> Formats.bytes(bytes.longValue())));
        add(fields, "Memory at most", "limits.memory_bytes", limits.memoryBytes().map(bytes -> Formats.bytes(bytes.longValue())));
    }

    private static void budget(List<Field> fields, TaskSpec.Budget budget) {
        add(fields, "Trials at most", "budget.trials", budget.trials().map(Formats::count));
        add(fields, "Time at most", "budget.seconds", budget.seconds().map(Formats::seconds));
        add(fields, "GPU time at most", "budget.gpu_seconds", budget.gpuSeconds().map(Formats::seconds));
        add(fields, "Tokens at most", "budget.tokens", budget.tokens().map(Formats::count));
        add(fields, "Money at most", "budget.money_usd", budget.moneyUsd().map(usd -> "$" + Formats.shortly(usd)));
    }

    private static void add(List<Field> fields, String name, String path, Optional<?> value) {
        value.ifPresent(present -> fields.add(new Field(name, path, String.valueOf(present))));
    }

    /** Words of the request in quotes; a fact it was read from as it is. */
    private static String from(String source, String request) {
        boolean said = plain(request).contains(plain(source));
        return said ? "“" + Escape.shorten(source, 200) + "”" : Escape.shorten(source, 200);
    }

    private static String plain(String words) {
        return words.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
    }

    private static Text open(TaskSpec.Open open) {
        return Text.ofCode(open.field()).plain(": " + open.why() + (open.options().isEmpty() ? "" : " (could be " + String.join(", ", open.options()) + ")"));
    }
}
