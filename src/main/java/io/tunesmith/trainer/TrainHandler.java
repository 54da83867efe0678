package io.tunesmith.trainer;

import io.tunesmith.contract.TrainOptions;
import io.tunesmith.contract.WorkerEvent.Artifact;
import io.tunesmith.model.OutOfFold;
import io.tunesmith.model.Predictions;
import io.tunesmith.model.predict.Member;
import io.tunesmith.trainer.agent.Attempt;
import io.tunesmith.trainer.agent.Findings;
import io.tunesmith.trainer.agent.OperationHandler;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Cross-validates one configuration. All folds' boosters grow in step; the mean validation score over the folds, round by round, decides when
 * to stop and which round is kept. Values: the metric (mean over the folds at the kept round) and {@code fold_<k>}. Facts: {@code rounds},
 * {@code rounds_refit} (scaled to all rows), {@code rows}, {@code features}, {@code milliseconds_per_row}, {@code model_bytes}.
 * Checkpoints are {@link Snapshot}s; resumed from one it reports the steps after it, and they and the result are those of an unbroken training.
 */
final class TrainHandler implements OperationHandler {
    private static final String OOF = "oof.bin";

    @Override
    public Findings run(Attempt attempt) {
        TrainOptions options = attempt.options(TrainOptions.class);
        Settings settings = Settings.of(attempt.spec().config());
        Examples read = Examples.read(attempt.input("train"), options.kind(), options.target(), options.features(), Optional.empty());
        Examples examples = options.foldSeed().map(read::dealt).orElse(read);
        Optional<Snapshot> from = attempt.resumable().flatMap(file -> Snapshot.readable(file, attempt.spec()));
        if (from.isPresent()) {
            try {
                return train(attempt, options, settings, examples, from);
            } catch (Folds.NotRestored e) {
                System.err.println("the checkpoint's boosters cannot be read; starting from the beginning: " + e.getMessage());
            }
        }
        return train(attempt, options, settings, examples, Optional.empty());
    }

    private static Findings train(Attempt attempt, TrainOptions options, Settings settings, Examples examples, Optional<Snapshot> from) {
        try (Folds folds = Folds.of(examples, options.metric(), settings, attempt.spec())) {
            from.ifPresent(snapshot -> folds.restore(snapshot.states(), snapshot.round(), attempt::checkMemory));
            attempt.started();
            Progress progress = new Progress(options.metric(), from.map(Snapshot::best));
            boolean pruned = grow(attempt, settings, folds, progress, from.map(Snapshot::round).orElse(0));
            return findings(attempt, options, settings, folds, progress, pruned);
        }
    }

    /** @return whether the service said stop */
    private static boolean grow(Attempt attempt, Settings settings, Folds folds, Progress progress, int done) {
        Steps steps = Steps.after(done);
        String metric = progress.metric().wire();
        String identity = Snapshot.identity(attempt.spec());
        for (int round = done + 1; round <= settings.maxRounds(); round++) {
            boolean grown = folds.grow();
            progress.see(round, folds.truths(), folds.beside());
            attempt.checkMemory();
            if (steps.reached(round) && attempt.measured(round, Map.of(metric, progress.last().score()))) {
                return true;
            }
            if (!grown || progress.exhausted(round)) {
                return false;
            }
            if (round < settings.maxRounds() && attempt.checkpointDue()) {
                attempt.checkpoint(round, new Snapshot(identity, round, progress.best(), folds.states())::write);
            }
        }
        return false;
    }

    private static Findings findings(Attempt attempt, TrainOptions options, Settings settings, Folds folds, Progress progress, boolean pruned) {
        Progress.Moment moment = pruned ? progress.last() : progress.best();
        Map<String, Double> values = new TreeMap<>();
        values.put(options.metric().wire(), moment.score());
        for (int fold = 0; fold < moment.folds().length; fold++) {
            if (!Double.isNaN(moment.folds()[fold])) {
                values.put("fold_" + fold, moment.folds()[fold]);
            }
        }
        Map<String, Double> facts = facts(folds, settings, moment);
        if (pruned) {
            return new Findings(values, facts, Map.of(), List.of(), true);
        }
        outOfFold(options, folds, moment.predictions()).write(attempt.work().resolve(OOF));
        Map<String, Artifact> artifacts = Map.of("oof", attempt.artifact(OOF));
        return new Findings(values, facts, artifacts, folds.notes(), false);
    }

    private static Map<String, Double> facts(Folds folds, Settings settings, Progress.Moment moment) {
        Map<String, Double> facts = new TreeMap<>();
        facts.put("rounds", (double) moment.round());
        facts.put("rounds_refit", (double) Math.max(1, Math.round(moment.round() * folds.growthOfData())));
        facts.put("rows", (double) folds.examples().rows());
        facts.put("features", (double) folds.examples().columns().typed().size());
        byte[] file = folds.growths().getFirst().file();
        facts.put("model_bytes", (double) file.length);
        try (Member member = Member.load(settings.learner(), file, folds.threads())) {
            member.raw(folds.besideFeatures());
            long start = System.nanoTime();
            member.raw(folds.besideFeatures());
            facts.put("milliseconds_per_row", (System.nanoTime() - start) / 1e6 / Math.max(1, folds.besideFeatures().rows()));
        }
        return facts;
    }

    /** Every validated row once, ascending by its number. */
    private static OutOfFold outOfFold(TrainOptions options, Folds folds, List<Predictions> parts) {
        Examples examples = folds.examples();
        int width = parts.getFirst().width();
        double[] all = new double[examples.rows() * width];
        for (int fold = 0; fold < parts.size(); fold++) {
            int[] rows = folds.validated().get(fold);
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(parts.get(fold).values(), i * width, all, rows[i] * width, width);
            }
        }
        int[] order = folds.validated().stream().flatMapToInt(Arrays::stream).boxed()
                .sorted(java.util.Comparator.comparingInt(row -> examples.numbers()[row])).mapToInt(Integer::intValue).toArray();
        return new OutOfFold(options.kind(), pick(examples.numbers(), order), pick(examples.folds(), order), examples.truth().rows(order),
                new Predictions(all, examples.rows(), width).rows(order));
    }

    private static int[] pick(int[] values, int[] order) {
        return IntStream.of(order).map(row -> values[row]).toArray();
    }
}
