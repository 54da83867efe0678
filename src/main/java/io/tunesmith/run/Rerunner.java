package io.tunesmith.run;

import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Report;
import io.tunesmith.judge.Contender.Member;
import io.tunesmith.judge.Contender;
import io.tunesmith.judge.Rerun;
import io.tunesmith.model.OutOfFold;
import io.tunesmith.model.Predictions;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.study.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/**
 * Runs contenders again, seed by seed: every configuration once a seed, on folds dealt anew by that seed; an ensemble's score comes from its members'
 * averaged out-of-fold predictions. Stops before a seed that would not fit into the time.
 */
record Rerunner(RunContext context, PipelinePlan plan, SplitDone split, Map<Integer, Trial> trials) {

    /** @param facts of the re-runs, averaged over seeds, by trial: boosting rounds among them */
    record Outcome(List<Rerun> reruns, List<Long> seeds, Map<Integer, Double> rounds) {}

    /** @param expected how long one seed will take; what a seed took replaces it */
    Outcome run(Field field, List<Long> seeds, Instant until, Duration expected) {
        Map<Contender, List<Double>> scores = new LinkedHashMap<>();
        Map<Integer, List<Double>> rounds = new LinkedHashMap<>();
        List<Long> used = new ArrayList<>();
        Duration longest = expected;
        for (long seed : seeds) {
            Instant begin = context.now();
            if (begin.plus(longest).isAfter(until)) {
                break;
            }
            Map<Integer, Done> done = oneSeed(field, used.size(), seed, until);
            done.forEach((trial, result) -> rounds.computeIfAbsent(trial, _ -> new ArrayList<>()).add(result.fact("rounds_refit")));
            field.contenders().forEach(contender -> scores.computeIfAbsent(contender, _ -> new ArrayList<>()).add(score(contender, done)));
            used.add(seed);
            longest = Duration.between(begin, context.now());
            context.checkGoesOn();
        }
        return new Outcome(scores.entrySet().stream().map(entry -> new Rerun(entry.getKey(), entry.getValue())).toList(), used, averages(rounds));
    }

    private Map<Integer, Done> oneSeed(Field field, int index, long seed, Instant until) {
        Map<Integer, CompletableFuture<Done>> running = new LinkedHashMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            field.trials().forEach(trial -> running.put(trial, CompletableFuture.supplyAsync(() -> rerun(trial, index, seed, until), threads)));
        }
        Map<Integer, Done> done = new LinkedHashMap<>();
        running.forEach((trial, future) -> done.put(trial, future.join()));
        return done;
    }

    private Done rerun(int trial, int index, long seed, Instant until) {
        return context.attempts().result(new Job("t" + trial + "-s" + index, Operation.TRAIN, trials.get(trial).proposal().assignment().values(), seed,
                Map.of("train", context.folders().made(context.id(), split.train())), Training.options(plan, Optional.of(seed)), context.secondsTo(until) + 30, until.plusSeconds(30),
                _ -> Report.Answer.GO_ON));
    }

    private double score(Contender contender, Map<Integer, Done> done) {
        if (contender.members().size() == 1) {
            return done.get(contender.members().getFirst().trial()).result().values().get(plan.metric().wire());
        }
        List<OutOfFold> members = contender.members().stream().map(member -> FoldScore.read(done.get(member.trial()).path("oof"))).toList();
        double[] weights = contender.members().stream().mapToDouble(Member::weight).toArray();
        return FoldScore.of(members.getFirst(), Predictions.blend(members.stream().map(OutOfFold::predictions).toList(), weights), plan.metric());
    }

    private static Map<Integer, Double> averages(Map<Integer, List<Double>> values) {
        Map<Integer, Double> averages = new LinkedHashMap<>();
        values.forEach((trial, list) -> averages.put(trial, list.stream().mapToDouble(Double::doubleValue).average().orElse(0)));
        return averages;
    }
}
