package io.tunesmith.talk;

import io.tunesmith.report.document.Escape;
import io.tunesmith.run.RunEvent;
import java.util.Optional;
import java.util.Set;

/** A run's events as lines of progress. Pure: the same event is always told the same, so that a stream can go on where it broke off. */
public final class Narrator {
    private static final Set<String> TOLD = Set.of("profile.ready", "task.ready", "plan.ready", "split.ready", "trial.finished", "candidates.started", "candidates.chosen", "model.ready", "test.opened", "budget.updated", "parent.ready");
    private static final int LONGEST = 400;

    private Narrator() {}

    /** A line for people, without its end; empty for what only programs want to know. */
    public static Optional<String> line(RunEvent event) {
        return TOLD.contains(event.type()) ? Optional.of(Escape.shorten(Escape.markdown(text(event)), LONGEST)) : Optional.empty();
    }

    /** Whether nothing more is told of the run until someone says something: it has ended, asks, or is paused. */
    public static boolean rests(RunEvent event) {
        return switch (event.type()) {
            case "run.finished", "question.asked" -> true;
            case "run.status" -> "paused".equals(event.data().get("status"));
            default -> false;
        };
    }

    private static String text(RunEvent event) {
        return String.valueOf(event.data().getOrDefault("text", ""));
    }
}
