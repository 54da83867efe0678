package io.tunesmith.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.api.rest.MetricName;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.RunId;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.run.Run;
import io.tunesmith.run.Runs;
import io.tunesmith.run.TrialStore.TimedTrial;
import io.tunesmith.study.Importance;
import io.tunesmith.study.StudySpec;
import io.tunesmith.study.StudyState;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The trials of a run: ranked, and one by one. */
@Singleton
final class TrialTools {
    private static final int LOG_TAIL = 4000;

    Tool<Asked.Leaderboard> leaderboard() {
        return new Tool<>("get_leaderboard", "Show the best trials",
                "The best trials of a run with their hyperparameters, the re-run finalists with 95 % intervals, and how much each hyperparameter mattered. Scores are on validation data; the sealed test's are in get_run. Reads only.",
                Tool.Hints.READS, Asked.Leaderboard.class, Told.Leaderboard.class, TrialTools::leaderboard);
    }

    Tool<Asked.Explain> explain() {
        return new Tool<>("explain_trial", "Explain a trial", "One trial: why it was proposed, its configuration, its curve, what went wrong, the end of its log. Reads only.",
                Tool.Hints.READS, Asked.Explain.class, Told.Explained.class, TrialTools::explain);
    }

    private static Answer leaderboard(Asked.Leaderboard asked, Call call) {
        Run run = Names.run(call.runs(), "run_id", asked.runId());
        Optional<PipelinePlan> plan = call.runs().plan(run.id());
        asked.metric().map(name -> MetricName.read("metric", name)).filter(metric -> plan.filter(made -> made.metric() != metric).isPresent()).ifPresent(metric -> {
            throw Failure.BadRequest.of(FailureCode.UNSUPPORTED, "metric", "the trials are not scored by " + metric.wire()).allowed(plan.orElseThrow().metric().wire()).hint("start a run with that metric").asException();
        });
        List<TimedTrial> trials = call.runs().trials(run.id());
        Comparator<TimedTrial> best = Comparator.comparingDouble(timed -> plan.flatMap(made -> timed.trial().score().map(made.direction()::loss)).orElse(Double.MAX_VALUE));
        List<Told.Trial> ranked = trials.stream().sorted(best.thenComparing(timed -> timed.trial().number())).limit(asked.topK().orElse(10L)).map(Views::trial).toList();
        Told.Leaderboard told = new Told.Leaderboard(run.id().value(), run.status().wire(), plan.map(made -> made.metric().wire()), plan.map(made -> made.direction().wire()), ranked,
                finalists(call.runs().artifacts(run.id())), plan.map(made -> importances(run, made, trials)).orElse(Map.of()));
        return new Answer(told, Words.leaderboard(told));
    }

    private static Map<String, Double> importances(Run run, PipelinePlan plan, List<TimedTrial> trials) {
        StudySpec spec = new StudySpec(plan.space(), plan.direction(), "tpe", "median", run.seed(), Math.max(1, trials.size()), plan.parallel(), StudySpec.defaultLookback(plan.parallel()));
        return Importance.of(new StudyState(spec, trials.stream().map(TimedTrial::trial).toList()));
    }

    private static List<Told.Interval> finalists(Path artifacts) {
        Path file = artifacts.resolve("receipt.json");
        List<Told.Interval> found = new ArrayList<>();
        if (Files.isRegularFile(file)) {
            try {
                for (JsonNode one : WireJson.MAPPER.readTree(Files.readAllBytes(file)).path("choice").path("ranked")) {
                    found.add(new Told.Interval(one.path("contender").path("name").asText(), one.path("mean").asDouble(), one.path("low").asDouble(), one.path("high").asDouble()));
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return found;
    }

    private static Answer explain(Asked.Explain asked, Call call) {
        RunId run = Names.run(call.runs(), "run_id", asked.runId()).id();
        int number = asked.trialId().intValue();
        List<TimedTrial> trials = call.runs().trials(run);
        TimedTrial timed = trials.stream().filter(one -> one.trial().number() == number).findFirst().orElseThrow(() -> Failure.BadRequest.of(FailureCode.NOT_FOUND, "trial_id", "there is no trial " + number)
                .allowed(trials.isEmpty() ? "none yet" : "0 to " + (trials.size() - 1)).hint("get_leaderboard shows them").asException());
        Told.Trial trial = Views.trial(timed);
        Map<String, Double> curve = new LinkedHashMap<>();
        timed.trial().curve().forEach((step, score) -> curve.put(step.toString(), score));
        Told.Explained told = new Told.Explained(run.value(), number, trial.state(), trial.score(), trial.params(), trial.sampler(), trial.why(), Views.errorClass(timed.trial().state()), trial.end(),
                timed.trial().state().terminal() ? Optional.empty() : call.runs().waits(run, number), curve, tail(call.runs(), run, number));
        return new Answer(told, Words.explained(told));
    }

    private static String tail(Runs runs, RunId run, int number) {
        try {
            long size = runs.log(run, OptionalInt.of(number), Long.MAX_VALUE).nextByte();
            return runs.log(run, OptionalInt.of(number), Math.max(0, size - LOG_TAIL)).text();
        } catch (FailureException e) {
            // No log: nothing was started for it yet.
            return "";
        }
    }
}
