package io.tunesmith.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.core.RunId;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.run.Run;
import io.tunesmith.run.Runs;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Runs as this API shows them. Thread-safe. */
@Singleton
public final class RunViews {
    private final Clock clock;

    public RunViews(Clock clock) {
        this.clock = clock;
    }

    /** As in a list: without what must be looked up. */
    RunView brief(Run run) {
        return new RunView(run.id().value(), run.status().wire(), run.request().text(), run.request().data().value(), run.seed(), run.accepted(), run.ended(), run.request().parent().map(RunId::value),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), run.failure().map(ErrorView::of));
    }

    RunView whole(Runs runs, Run run) {
        Optional<PipelinePlan> plan = runs.plan(run.id());
        return new RunView(run.id().value(), run.status().wire(), run.request().text(), run.request().data().value(), run.seed(), run.accepted(), run.ended(), run.request().parent().map(RunId::value),
                runs.question(run.id()).map(QuestionView::of), runs.budget(run.id()).map(BudgetView::of), runs.task(run.id()).map(WireJson::tree), plan.map(PlanView::of),
                Optional.of(progress(runs, run, plan)), run.ended().isPresent() ? result(runs, run.id()) : Optional.empty(), run.failure().map(ErrorView::of));
    }

    private ProgressView progress(Runs runs, Run run, Optional<PipelinePlan> plan) {
        double seconds = Duration.between(run.accepted(), run.ended().orElseGet(clock::instant)).toMillis() / 1000.0;
        return ProgressView.of(runs.trials(run.id()), plan.map(PipelinePlan::direction), Math.max(0, seconds));
    }

    static Optional<JsonNode> result(Runs runs, RunId id) {
        Path file = runs.artifacts(id).resolve("result.json");
        try {
            return Files.isRegularFile(file) ? Optional.of(WireJson.MAPPER.readTree(Files.readAllBytes(file))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
