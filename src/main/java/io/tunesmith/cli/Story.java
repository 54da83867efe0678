package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An event as one line (or a short paragraph) for people. */
final class Story {
    /** Events that tell programs more than people. */
    static final Set<String> SILENT = Set.of("trial.started", "trial.training", "step.finished", "best.updated");

    private Story() {}

    static String line(JsonNode event) {
        JsonNode data = event.path("data");
        return switch (event.path("type").asText()) {
            case "profile.ready" -> join("data     " + data.path("text").asText(), list(data.path("findings"), "         "));
            case "task.ready" -> join("task     " + data.path("text").asText(), sources(data));
            case "plan.ready" -> join("plan     " + plan(data), list(data.path("notes"), "         "));
            case "question.asked" -> join("asks     " + data.path("text").asText(), options(data.path("options"), data.path("assumed").asText()));
            case "question.answered" -> "answer   " + data.path("text").asText();
            case "parent.ready" -> "parent   " + data.path("text").asText();
            case "split.ready" -> "split    " + data.path("text").asText();
            case "trial.finished" -> "trial    " + data.path("text").asText().replaceFirst("^trial ", "");
            case "candidates.started", "candidates.chosen" -> "final    " + data.path("text").asText();
            case "model.ready" -> "model    " + data.path("text").asText();
            case "test.opened" -> "test     " + data.path("text").asText();
            case "run.finished" -> "end      " + data.path("text").asText();
            default -> "run      " + data.path("text").asText();
        };
    }

    private static String join(String first, List<String> more) {
        List<String> lines = new ArrayList<>(List.of(first));
        lines.addAll(more);
        return String.join(System.lineSeparator(), lines);
    }

    /** With the numbers under which they can be chosen. */
    private static List<String> options(JsonNode options, String assumed) {
        List<String> lines = new ArrayList<>();
        options.forEach(option -> lines.add("         " + (lines.size() + 1) + "  " + option.asText() + (option.asText().equals(assumed) ? "   (\"you choose\" takes this)" : "")));
        return lines;
    }

    private static List<String> list(JsonNode items, String indent) {
        List<String> lines = new ArrayList<>();
        items.forEach(item -> lines.add(indent + item.asText()));
        return lines;
    }

    /** Each field that was read, with the words or the fact that it came from. */
    private static List<String> sources(JsonNode data) {
        List<String> lines = new ArrayList<>();
        data.path("sources").properties().forEach(entry -> lines.add("         " + entry.getKey() + " from " + entry.getValue().asText()));
        data.path("open").forEach(open -> lines.add("         open: " + open.asText()));
        return lines;
    }

    private static String plan(JsonNode data) {
        List<String> lines = new ArrayList<>();
        lines.add(data.path("kind").asText() + " model of " + data.path("target").asText() + " by " + data.path("metric").asText() + " (" + data.path("metric_why").asText() + ")");
        data.path("columns").forEach(column -> lines.add("         " + column.asText()));
        lines.add("         learners: " + String.join(", ", list(data.path("learners"), "")));
        lines.add(String.format(Locale.ROOT, "         %.0f %% sealed for the test, %d validation folds in the rest; at most %d trials and %.0f s",
                100 * data.path("test_share").asDouble(), data.path("folds").asInt(), data.path("trials").asLong(), data.path("seconds").asDouble()));
        lines.add(String.format(Locale.ROOT, "         estimate: %.0f to %.0f s (%s)", data.path("seconds_low").asDouble(), data.path("seconds_high").asDouble(), data.path("estimate_why").asText()));
        return String.join(System.lineSeparator(), lines);
    }
}
