package io.tunesmith.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.core.RunId;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A caller's runs as the wire shows them. */
record RunViews(Runs runs, Clock clock) {

    /** For lists: what is in the run's own row. */
    RunView brief(Run run) {
        return new RunView(run.id().value(), run.status().wire(), run.request().text(), run.request().data().value(), run.request().parent().map(RunId::value), run.seed(), run.accepted(), run.ended(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), run.failure().map(ErrorView::of));
    }

    RunView whole(Run run) {
        Optional<PipelinePlan> plan = runs.plan(run.id());
        return new RunView(run.id().value(), run.status().wire(), run.request().text(), run.request().data().value(), run.request().parent().map(RunId::value), run.seed(), run.accepted(), run.ended(),
                run.status() == RunStatus.WAITING_INPUT ? runs.question(run.id()).map(QuestionView::of) : Optional.empty(),
                runs.task(run.id()).map(WireJson::tree),
                plan.map(PlanView::of),
                runs.budget(run.id()).map(BudgetView::of),
                Optional.of(progress(run, plan)),
                run.ended().isPresent() ? result(run.id()) : Optional.empty(),
                run.failure().map(ErrorView::of));
    }

    private ProgressView progress(Run run, Optional<PipelinePlan> plan) {
        double seconds = Duration.between(run.accepted(), run.ended().orElseGet(clock::instant)).toMillis() / 1000.0;
        return ProgressView.of(runs.trials(run.id()), plan.map(PipelinePlan::direction), Math.max(0, seconds));
    }

    private Optional<JsonNode> result(RunId id) {
        Path file = runs.artifacts(id).resolve("result.json");
        try {
            return Files.isRegularFile(file) ? Optional.of(WireJson.MAPPER.readTree(Files.readAllBytes(file))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
