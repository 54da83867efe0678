package io.tunesmith.trainer;

import io.tunesmith.contract.RefitOptions;
import io.tunesmith.contract.WorkerEvent.Artifact;
import io.tunesmith.model.Classes;
import io.tunesmith.model.ModelDescription;
import io.tunesmith.model.ModelFolder;
import io.tunesmith.model.Predictions;
import io.tunesmith.model.Preprocessing;
import io.tunesmith.model.Scores;
import io.tunesmith.model.Truth;
import io.tunesmith.model.predict.Model;
import io.tunesmith.trainer.agent.Attempt;
import io.tunesmith.trainer.agent.Findings;
import io.tunesmith.trainer.agent.OperationHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Fits one model, or the members of an ensemble, on all rows and writes the model folder. The folder is read back and must predict the
 * training rows as the boosters in memory do, to {@value #SAME}. Facts: {@code reload_max_difference}, {@code training_<metric>},
 * {@code model_bytes}, {@code milliseconds_per_row} of prediction, and with ONNX {@code onnx_max_difference}.
 */
final class RefitHandler implements OperationHandler {
    static final double SAME = 1e-6;
    private static final String FOLDER = "model";

    /** A member, fitted. @param fitted its predictions for the training rows, straight from the booster */
    record Fitted(ModelDescription.Member member, byte[] file, Predictions fitted) {}

    @Override
    public Findings run(Attempt attempt) {
        RefitOptions options = attempt.options(RefitOptions.class);
        Examples examples = Examples.read(attempt.input("train"), options.kind(), options.target(), options.features(), Optional.empty());
        Preprocessing preprocessing = Preprocessing.fit(examples.columns(), examples.all());
        attempt.started();
        List<Fitted> members = new ArrayList<>();
        for (int i = 0; i < options.members().size(); i++) {
            members.add(fit(attempt, options, options.members().get(i), i, examples, preprocessing));
        }
        return write(attempt, options, examples, preprocessing, members);
    }

    private static Fitted fit(Attempt attempt, RefitOptions options, RefitOptions.Member asked, int number, Examples examples, Preprocessing preprocessing) {
        Settings settings = Settings.of(asked.config());
        Objective objective = Objective.of(examples.truth(), options.metric());
        Part part = Part.of(settings.learner().encode(preprocessing, examples.columns(), examples.all()), examples.truth(), objective, settings.balanced());
        int rounds = asked.rounds() > 0 ? asked.rounds() : settings.maxRounds();
        try (Growth growth = Growth.begin(settings, objective, part, part.features(), attempt.spec().seed(), attempt.spec().resources().threads())) {
            for (int round = 1; round <= rounds && growth.grow(); round++) {
                attempt.checkMemory();
            }
            String name = "member-" + number + settings.learner().suffix();
            return new Fitted(new ModelDescription.Member(name, settings.learner(), objective.link(), asked.weight(), rounds, asked.config()), growth.file(), growth.beside());
        }
    }

    private static Findings write(Attempt attempt, RefitOptions options, Examples examples, Preprocessing preprocessing, List<Fitted> members) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        members.forEach(member -> files.put(member.member().file(), member.file()));
        Map<String, Double> facts = new TreeMap<>();
        List<String> notes = new ArrayList<>(examples.columns().notes());
        Optional<Integer> onnx = options.exportOnnx() ? OnnxExport.add(members, examples, preprocessing, files, facts, notes) : Optional.empty();
        Optional<Classes> classes = examples.truth() instanceof Truth.Labels labels ? Optional.of(labels.classes()) : Optional.empty();
        ModelDescription description = new ModelDescription(ModelFolder.FORMAT, options.kind(), options.target(), options.metric(), options.features(), classes,
                members.stream().map(Fitted::member).toList(), examples.rows(), onnx);
        files.put(ModelFolder.CARD, ModelCard.of(description, notes).getBytes(StandardCharsets.UTF_8));
        Path folder = attempt.work().resolve(FOLDER);
        String digest = ModelFolder.write(folder, description, preprocessing, files).hex();
        check(attempt, options, examples, members, folder, facts);
        facts.put("model_bytes", (double) files.values().stream().mapToLong(bytes -> bytes.length).sum());
        facts.put("rows", (double) examples.rows());
        return Findings.of(facts, Map.of("model", new Artifact(FOLDER, digest)), notes);
    }

    private static void check(Attempt attempt, RefitOptions options, Examples examples, List<Fitted> members, Path folder, Map<String, Double> facts) {
        double[] weights = members.stream().mapToDouble(member -> member.member().weight()).toArray();
        Predictions fitted = Predictions.blend(members.stream().map(Fitted::fitted).toList(), weights);
        Predictions reloaded;
        try (Model model = Model.load(folder, attempt.spec().resources().threads())) {
            model.apply(examples.table());
            long start = System.nanoTime();
            reloaded = model.apply(examples.table()).predictions();
            facts.put("milliseconds_per_row", (System.nanoTime() - start) / 1e6 / examples.rows());
        }
        double difference = OnnxExport.relativeDifference(fitted.values(), reloaded.values());
        Attempt.finite("reload_max_difference", difference, 0);
        if (difference > SAME) {
            throw new IllegalStateException("the model read back from its folder predicts otherwise, by up to " + difference);
        }
        facts.put("reload_max_difference", difference);
        Scores.score(options.metric(), examples.truth(), reloaded).ifPresent(score -> facts.put("training_" + options.metric().wire(), score));
    }
}
