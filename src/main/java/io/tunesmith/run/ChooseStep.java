package io.tunesmith.run;

import io.tunesmith.contract.RefitOptions;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.judge.Choice;
import io.tunesmith.judge.Chooser;
import io.tunesmith.judge.Contender.Member;
import io.tunesmith.judge.Contender;
import io.tunesmith.judge.Rerun;
import io.tunesmith.model.Ensemble;
import io.tunesmith.model.OutOfFold;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.study.Trial;
import io.tunesmith.study.TrialState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** From finished trials to the one that ships: candidates, fresh seeds, the choice (decisions 1, 2 and 4). */
record ChooseStep(RunContext context, PipelinePlan plan, SplitDone split) {
    /** Best configurations that run for the final. */
    private static final int BEST = 3;
    private static final int SEEDS = 3;
    /** The ensemble is selected from so many of the best. */
    private static final int POOL = 12;
    private static final int MEMBERS = 4;

    Chosen run() {
        List<Trial> finished = finished();
        Map<Integer, Trial> byNumber = finished.stream().collect(Collectors.toMap(Trial::number, trial -> trial, (a, _) -> a, TreeMap::new));
        Field field = new Field(byDefault(byNumber), finished.stream().limit(BEST).map(Trial::number).toList(), plan.ensemble() ? ensemble(finished) : List.of());
        context.sayOnce("candidates.started", "candidates.started", field.contenders().size() + " candidates run again on fresh seeds", "candidates", field.contenders().stream().map(Contender::name).toList());
        List<Long> seeds = LongStream.range(0, SEEDS).map(i -> context.random().seedOf("fresh", i)).boxed().toList();
        Rerunner.Outcome outcome = new Rerunner(context, plan, split, byNumber).run(field, seeds, context.meter(plan).rerunsUntil(), expected(field));
        return chosen(field, byNumber, outcome.seeds().isEmpty() ? fromSearch(field, byNumber) : outcome);
    }

    /** One seed takes about what the same trials took in the search, spread over the slots. */
    private Duration expected(Field field) {
        long millis = context.ports().trials().timed(context.id()).stream().filter(timed -> field.trials().contains(timed.trial().number()))
                .mapToLong(timed -> Duration.between(timed.proposed(), timed.ended()).toMillis()).sum();
        return Duration.ofMillis(millis / plan.parallel());
    }

    /** No time for a single fresh seed: the scores of the search stand in, and a warning says so; an ensemble has none. */
    private Rerunner.Outcome fromSearch(Field field, Map<Integer, Trial> trials) {
        List<Rerun> reruns = field.contenders().stream().filter(contender -> contender.members().size() == 1)
                .map(contender -> new Rerun(contender, List.of(score(trials.get(contender.members().getFirst().trial()))))).toList();
        Map<Integer, Double> rounds = trials.values().stream().collect(Collectors.toMap(Trial::number, trial -> ((TrialState.Succeeded) trial.state()).facts().getOrDefault("rounds_refit", 1.0)));
        return new Rerunner.Outcome(reruns, List.of(), rounds);
    }

    private Chosen chosen(Field field, Map<Integer, Trial> trials, Rerunner.Outcome outcome) {
        List<String> warnings = new ArrayList<>();
        if (outcome.seeds().isEmpty()) {
            warnings.add("Time allowed no re-run on fresh seeds: the choice rests on the search's own scores, which flatter the winner; give it more --minutes.");
        } else if (outcome.seeds().size() < SEEDS) {
            warnings.add("Time allowed only " + outcome.seeds().size() + " of " + SEEDS + " fresh seeds: the choice is less certain; give it more --minutes.");
        }
        if (field.byDefault() != 0) {
            warnings.add("The default configuration (trial 0) did not finish: trial " + field.byDefault() + " stands in for it wherever the default is named.");
        }
        Choice choice = Chooser.choose(outcome.reruns(), outcome.seeds(), plan.direction(), context.random());
        if (!choice.betterThanDefault()) {
            warnings.add(choice.verdict());
        }
        context.say("candidates.chosen", choice.winner().name() + ": " + choice.verdict(), "winner", choice.winner().name(), "mean", choice.ranked().getFirst().mean(),
                "gain", choice.gain(), "noise_floor", choice.noiseFloor(), "probability_best", choice.probabilityBest());
        List<Member> byDefault = List.of(new Member(field.byDefault(), 1));
        return new Chosen(choice, members(choice.winner().members(), trials, outcome), members(byDefault, trials, outcome), warnings);
    }

    private static List<RefitOptions.Member> members(List<Member> members, Map<Integer, Trial> trials, Rerunner.Outcome outcome) {
        return members.stream().map(member -> new RefitOptions.Member(trials.get(member.trial()).proposal().assignment().values(),
                Math.max(1, (int) Math.round(outcome.rounds().get(member.trial()))), member.weight())).toList();
    }

    /** Best first; of equal scores the earlier trial. */
    private List<Trial> finished() {
        return context.ports().trials().all(context.id()).stream().filter(trial -> trial.state() instanceof TrialState.Succeeded)
                .sorted(Comparator.comparingDouble((Trial trial) -> plan.direction().loss(score(trial))).thenComparingInt(Trial::number)).toList();
    }

    private static double score(Trial trial) {
        return ((TrialState.Succeeded) trial.state()).score();
    }

    /** Trial 0 is the default configuration; where it failed, the first finished trial stands in, and a warning says so. */
    private static int byDefault(Map<Integer, Trial> finished) {
        return finished.keySet().iterator().next();
    }

    private List<Member> ensemble(List<Trial> finished) {
        List<Trial> pool = finished.stream().limit(POOL).toList();
        if (pool.size() < 2) {
            return List.of();
        }
        List<OutOfFold> oof = pool.stream().map(trial -> FoldScore.read(outOfFold(trial))).toList();
        double[] weights = Ensemble.STANDARD.weights(oof.stream().map(OutOfFold::predictions).toList(), oof.getFirst().truth(), plan.metric(), context.random());
        List<Integer> heaviest = IntStream.range(0, weights.length).filter(i -> weights[i] > 0).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -weights[i])).limit(MEMBERS).toList();
        double sum = heaviest.stream().mapToDouble(i -> weights[i]).sum();
        return heaviest.stream().map(i -> new Member(pool.get(i).number(), weights[i] / sum)).toList();
    }

    private Path outOfFold(Trial trial) {
        return context.attempts().before("t" + trial.number()).map(done -> done.path("oof"))
                .orElseThrow(() -> new Failure.Exhausted(FailureCode.TRAINING_FAILED, String.format(Locale.ROOT, "the predictions of trial %d are gone", trial.number())).asException());
    }
}
