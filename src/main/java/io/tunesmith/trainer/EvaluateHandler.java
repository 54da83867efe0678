package io.tunesmith.trainer;

import io.tunesmith.contract.EvaluateOptions;
import io.tunesmith.contract.Evaluation.Interval;
import io.tunesmith.contract.Evaluation;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Metric;
import io.tunesmith.core.RandomSource;
import io.tunesmith.model.Classes;
import io.tunesmith.model.Confusion;
import io.tunesmith.model.ModelDescription;
import io.tunesmith.model.Predictions;
import io.tunesmith.model.Scores;
import io.tunesmith.model.Truth;
import io.tunesmith.model.predict.Model;
import io.tunesmith.trainer.agent.Attempt;
import io.tunesmith.trainer.agent.Findings;
import io.tunesmith.trainer.agent.OperationHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Scores the frozen list of model folders on the test part. Values: {@code <role>.<metric>}, and the first model's own under the metric's name.
 * Facts: {@code <role>.low}, {@code <role>.high}, {@code difference.<role>} with {@code .low} and {@code .high} (first model minus that one),
 * {@code importance.<column>}. Artifact {@code evaluation}: an {@link Evaluation}.
 */
final class EvaluateHandler implements OperationHandler {
    private static final String FILE = "evaluation.json";
    private static final int MOST_RESIDUALS = 2000;

    /** A model's part in the evaluation. */
    private record Judged(String role, String digest, Examples examples, Predictions predictions, Map<String, Evaluation.Importance> importance, List<String> notes) {}

    @Override
    public Findings run(Attempt attempt) {
        EvaluateOptions options = attempt.options(EvaluateOptions.class);
        if (options.models().isEmpty()) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "models", "no model to evaluate").asException();
        }
        attempt.started();
        List<Judged> judged = new ArrayList<>();
        for (String role : options.models()) {
            judged.add(judge(attempt, options, role, judged.isEmpty()));
            attempt.checkMemory();
        }
        Evaluation evaluation = evaluate(options, judged, new RandomSource(attempt.spec().seed()));
        Wire.writeFile(attempt.work().resolve(FILE), evaluation);
        List<String> notes = judged.stream().flatMap(one -> one.notes().stream()).distinct().toList();
        return new Findings(values(evaluation), facts(evaluation), Map.of("evaluation", attempt.artifact(FILE)), notes, false);
    }

    private static Judged judge(Attempt attempt, EvaluateOptions options, String role, boolean first) {
        try (Model model = Model.load(attempt.input(role), attempt.spec().resources().threads())) {
            ModelDescription described = model.description();
            Examples examples = Examples.read(attempt.input("test"), options.kind(), options.target(), described.features(), described.classes());
            Map<String, Evaluation.Importance> importance = first
                    ? Permutation.importance(model, examples, options.metric(), new RandomSource(attempt.spec().seed())) : Map.of();
            Model.Applied applied = model.apply(examples.table());
            return new Judged(role, model.folder().digest().hex(), examples, applied.predictions().widened(examples.truth().width()), importance,
                    notes(applied, described, examples.truth()));
        }
    }

    private static List<String> notes(Model.Applied applied, ModelDescription model, Truth truth) {
        List<String> notes = new ArrayList<>(applied.notes());
        if (truth instanceof Truth.Labels labels) {
            int known = model.classes().orElseThrow().names().size();
            List<String> strange = labels.classes().names().subList(known, labels.classes().names().size());
            if (!strange.isEmpty()) {
                notes.add("The test part has classes that training did not have; the model cannot be right there: " + String.join(", ", strange) + ".");
            }
        }
        return notes;
    }

    private static Evaluation evaluate(EvaluateOptions options, List<Judged> judged, RandomSource random) {
        Judged first = judged.getFirst();
        Truth truth = first.examples().truth();
        Bootstrap bootstrap = Bootstrap.of(options.metric(), truth, judged.stream().map(Judged::predictions).toList(), options.bootstrap(), random);
        List<Evaluation.Scored> scored = IntStream.range(0, judged.size()).mapToObj(i ->
                new Evaluation.Scored(judged.get(i).role(), judged.get(i).digest(), scores(options.metric(), judged.get(i)), bootstrap.interval(i))).toList();
        return new Evaluation(options.metric(), truth.rows(), scored, differences(options, scored, bootstrap), confusion(first), residuals(first), first.importance());
    }

    private static Map<String, Double> scores(Metric metric, Judged judged) {
        Set<Metric> asked = new LinkedHashSet<>(List.of(metric));
        asked.addAll(judged.examples().truth() instanceof Truth.Labels ? Scores.OF_CLASSES : Scores.OF_NUMBERS);
        Map<String, Double> scores = new TreeMap<>();
        asked.forEach(one -> Scores.score(one, judged.examples().truth(), judged.predictions()).ifPresent(score -> scores.put(one.wire(), score)));
        if (!scores.containsKey(metric.wire())) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, "metric", metric.wire() + " is not defined on the test rows: they are all of one class").asException();
        }
        return scores;
    }

    private static List<Evaluation.Difference> differences(EvaluateOptions options, List<Evaluation.Scored> scored, Bootstrap bootstrap) {
        String metric = options.metric().wire();
        double first = scored.getFirst().scores().get(metric);
        return IntStream.range(1, scored.size()).mapToObj(i ->
                new Evaluation.Difference(scored.get(i).role(), first - scored.get(i).scores().get(metric), bootstrap.difference(i))).toList();
    }

    private static Optional<Evaluation.Confusion> confusion(Judged judged) {
        if (!(judged.examples().truth() instanceof Truth.Labels labels)) {
            return Optional.empty();
        }
        Classes classes = labels.classes();
        List<List<Long>> counts = Arrays.stream(Confusion.of(labels, judged.predictions()).counts()).map(row -> Arrays.stream(row).boxed().toList()).toList();
        return Optional.of(new Evaluation.Confusion(classes.names(), counts));
    }

    /** Evenly spread over the rows. */
    private static List<Evaluation.Residual> residuals(Judged judged) {
        if (!(judged.examples().truth() instanceof Truth.Numbers numbers)) {
            return List.of();
        }
        int rows = numbers.values().length;
        int count = Math.min(rows, MOST_RESIDUALS);
        return IntStream.range(0, count).map(i -> (int) ((long) i * rows / count))
                .mapToObj(row -> new Evaluation.Residual(numbers.values()[row], judged.predictions().at(row, 0))).toList();
    }

    private static Map<String, Double> values(Evaluation evaluation) {
        Map<String, Double> values = new TreeMap<>();
        values.put(evaluation.metric().wire(), evaluation.models().getFirst().scores().get(evaluation.metric().wire()));
        evaluation.models().forEach(model -> model.scores().forEach((metric, score) -> values.put(model.role() + "." + metric, score)));
        return values;
    }

    private static Map<String, Double> facts(Evaluation evaluation) {
        Map<String, Double> facts = new TreeMap<>();
        facts.put("rows", (double) evaluation.rows());
        evaluation.models().forEach(model -> put(facts, model.role(), model.interval()));
        evaluation.differences().forEach(difference -> {
            facts.put("difference." + difference.other(), difference.value());
            put(facts, "difference." + difference.other(), difference.interval());
        });
        evaluation.importance().forEach((column, importance) -> facts.put("importance." + column, importance.mean()));
        return facts;
    }

    private static void put(Map<String, Double> facts, String name, Optional<Interval> interval) {
        interval.ifPresent(found -> {
            facts.put(name + ".low", found.low());
            facts.put(name + ".high", found.high());
        });
    }
}
