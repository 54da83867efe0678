package io.tunesmith.run;

import io.tunesmith.contract.EvaluateOptions;
import io.tunesmith.contract.Evaluation;
import io.tunesmith.contract.Operation;
import io.tunesmith.judge.Opening;
import io.tunesmith.judge.Receipt;
import io.tunesmith.judge.Receipt.TestScore;
import io.tunesmith.plan.PipelinePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Opens the sealed test once, for the frozen list alone. The opening is recorded before the part is decrypted; repeated with the same list it is the
 * same opening, with another it is refused.
 */
record TestStep(RunContext context, PipelinePlan plan, SplitDone split) {
    private static final String SHIPPED = "shipped";
    private static final String DEFAULT = "default";
    private static final String WORK = "evaluate";
    private static final int BOOTSTRAP = 1000;

    Tested run(Chosen chosen, Refitted models) {
        List<Opening.Frozen> frozen = List.of(new Opening.Frozen(SHIPPED, models.shipped().sha256()), new Opening.Frozen(DEFAULT, models.byDefault().sha256()));
        Opening opening = context.ports().openings().open(context.id(), context.data().sha256().hex(), split.rule(), frozen, context.now());
        Evaluation evaluation = evaluate(models);
        Receipt receipt = new Receipt(context.id().value(), plan.metric(), plan.direction(), chosen.choice(), opening, score(evaluation.models().getFirst()), score(evaluation.models().getLast()), split.testRows());
        context.say("test.opened", String.format(Locale.ROOT, "sealed test: %s %.4f, the default %.4f (opening %d of this data and split)", plan.metric().wire(),
                receipt.finalTest().score(), receipt.defaultTest().score(), opening.number()), "score", receipt.finalTest().score(), "low", receipt.finalTest().low(), "high", receipt.finalTest().high(),
                "default", receipt.defaultTest().score(), "default_low", receipt.defaultTest().low(), "default_high", receipt.defaultTest().high(), "opening", opening.number());
        return new Tested(receipt, evaluation);
    }

    private Evaluation evaluate(Refitted models) {
        Path plain = context.folders().attempts(context.id()).resolve("sealed-test.csv");
        try {
            context.ports().sealed().open(context.id(), plain);
            Map<String, Path> inputs = new LinkedHashMap<>();
            inputs.put("test", plain);
            inputs.put(SHIPPED, context.folders().made(context.id(), models.shipped().folder()));
            inputs.put(DEFAULT, context.folders().made(context.id(), models.byDefault().folder()));
            EvaluateOptions options = new EvaluateOptions(Training.kind(plan), plan.target(), plan.metric(), List.of(SHIPPED, DEFAULT), BOOTSTRAP);
            Done done = context.attempts().result(Job.of(WORK, Operation.EVALUATE, context.random().seedOf("evaluate"), inputs, options,
                    context.secondsTo(context.meter(plan).until()) + 60));
            return done.read("evaluation", Evaluation.class);
        } finally {
            deletePlain(plain);
        }
    }

    /** The decrypted part and every link to it in an attempt's inputs. */
    private void deletePlain(Path plain) {
        try (Stream<Path> attempts = Files.list(plain.getParent())) {
            for (Path attempt : (Iterable<Path>) attempts.filter(folder -> folder.getFileName().toString().contains("-" + WORK + "-a"))::iterator) {
                Files.deleteIfExists(attempt.resolve("inputs").resolve("test.csv"));
            }
            Files.deleteIfExists(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestScore score(Evaluation.Scored scored) {
        double score = scored.scores().get(plan.metric().wire());
        return new TestScore(score, scored.interval().map(Evaluation.Interval::low).orElse(score), scored.interval().map(Evaluation.Interval::high).orElse(score));
    }
}
