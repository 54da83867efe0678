package io.tunesmith.talk;

import static io.tunesmith.report.document.Formats.count;
import static io.tunesmith.report.document.Formats.score;

import io.tunesmith.core.Failure;
import io.tunesmith.report.document.Escape;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run that has ended came to, from its events alone. */
record Ending(Wording wording, Runs runs, Run run) {
    private static final int PAGE = 1000;

    String succeeded() {
        List<String> lines = new ArrayList<>(List.of("**Run " + run.id() + " is done.**", ""));
        Map<String, RunEvent> told = told();
        Optional.ofNullable(told.get("test.opened")).ifPresent(event -> lines.addAll(List.of(score(event.data()), "")));
        Optional.ofNullable(told.get("candidates.chosen")).ifPresent(event -> lines.addAll(List.of("Verdict: " + Wording.sentence(Escape.markdown(text(event))), "")));
        lines.addAll(List.of(
                count(runs.trials(run.id()).size(), "trial") + " in all. What to do next:", "",
                "- report: " + wording.link(run) + "/artifacts/report.html",
                "- model: " + wording.link(run) + "/artifacts (folder `model/`), receipt: " + wording.link(run) + "/artifacts/receipt.json",
                "- \"why trial 3\", \"double the budget\" (a new run that goes on from this one), \"list my runs\""));
        return String.join("\n", lines);
    }

    String without() {
        String why = run.failure().map(Ending::why).orElse("");
        String next = switch (run.status()) {
            case CANCELLED -> "Nothing more is done for it. \"10 more trials\" makes a new run that goes on from it.";
            case BUDGET_EXHAUSTED -> "There is no valid model. \"double the budget\" makes a new run with more to spend.";
            default -> "Mend that and ask again; the log is at " + wording.link(run) + "/logs.";
        };
        return "**Run " + run.id() + " has " + switch (run.status()) {
            case CANCELLED -> "been cancelled";
            case BUDGET_EXHAUSTED -> "used up its budget";
            default -> "failed";
        } + ".**" + (why.isEmpty() ? "" : " " + why) + "\n\n" + next;
    }

    private static String why(Failure failure) {
        String hint = failure instanceof Failure.BadRequest bad ? bad.allowed().map(allowed -> " What would do: " + Wording.sentence(Escape.markdown(allowed))).orElse("") + bad.hint().map(text -> " " + Wording.sentence(Escape.markdown(text))).orElse("") : "";
        return Wording.sentence(Escape.markdown(failure.message())) + hint;
    }

    private String score(Map<String, Object> test) {
        String metric = runs.plan(run.id()).map(plan -> plan.metric().wire()).orElse("score");
        return "**" + metric + " " + number(test, "score").orElse("?") + "** on the sealed test" + interval(test, "low", "high") + "; the default configuration: " + number(test, "default").orElse("?") + interval(test, "default_low", "default_high") + ".";
    }

    private static String interval(Map<String, Object> test, String low, String high) {
        return number(test, low).flatMap(from -> number(test, high).map(to -> " (95 % interval " + from + " to " + to + ")")).orElse("");
    }

    private static Optional<String> number(Map<String, Object> values, String name) {
        return values.get(name) instanceof Number number ? Optional.of(score(number.doubleValue())) : Optional.empty();
    }

    private static String score(double value) {
        return io.tunesmith.report.document.Formats.score(value);
    }

    private static String text(RunEvent event) {
        return String.valueOf(event.data().getOrDefault("text", ""));
    }

    /** The last event of each of these types. */
    private Map<String, RunEvent> told() {
        Map<String, RunEvent> last = new java.util.HashMap<>();
        long after = 0;
        for (List<RunEvent> page = runs.events(run.id(), after, PAGE); !page.isEmpty(); page = runs.events(run.id(), after, PAGE)) {
            page.stream().filter(event -> event.type().equals("test.opened") || event.type().equals("candidates.chosen")).forEach(event -> last.put(event.type(), event));
            after = page.getLast().seq();
        }
        return last;
    }
}
