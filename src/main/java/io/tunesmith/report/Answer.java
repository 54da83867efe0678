package io.tunesmith.report;

import static io.tunesmith.report.document.Formats.count;
import static io.tunesmith.report.document.Formats.difference;
import static io.tunesmith.report.document.Formats.score;

import io.tunesmith.core.Direction;
import io.tunesmith.core.Metric;
import io.tunesmith.judge.Choice;
import io.tunesmith.judge.Contender;
import io.tunesmith.judge.Receipt;
import io.tunesmith.report.document.Block;
import io.tunesmith.report.document.Text;

/** The answer in sentences, each with its numbers, and never kinder than they are. */
final class Answer {
    private final Receipt receipt;
    private final String metric;

    Answer(Receipt receipt) {
        this.receipt = receipt;
        this.metric = MetricNames.of(receipt.metric());
    }

    /** The score on the sealed test, beside the default's. */
    Text sentence() {
        return Text.of("The model scores ").strong(bold(receipt.finalTest())).plain(" " + metric + " on " + count(receipt.testRows(), "sealed test row") + " (95 % interval "
                + interval(receipt.finalTest()) + "); the default configuration scores ").strong(bold(receipt.defaultTest())).plain(" (" + interval(receipt.defaultTest()) + ").");
    }

    /** Whether the search was worth it, by the re-runs on fresh seeds. */
    Block verdict() {
        Choice choice = receipt.choice();
        String numbers = "the gain of " + difference(choice.gain()) + " over " + count(choice.seeds().size(), "fresh seed");
        if (winnerIsDefault()) {
            return new Block.Note(Block.Tone.NEUTRAL, Text.of("").strong("No better than the default.").plain(" The default configuration itself won the re-runs on " + count(choice.seeds().size(), "fresh seed") + ", and it is what ships."));
        }
        if (!choice.betterThanDefault()) {
            return new Block.Note(Block.Tone.NEUTRAL, Text.of("").strong("No better than the default.").plain(" On validation, " + numbers + " does not exceed the noise floor of " + score(choice.noiseFloor()) + "."));
        }
        return new Block.Note(Block.Tone.GOOD, Text.of("").strong("Better than the default.").plain(" On validation, " + numbers + " exceeds the noise floor of " + score(choice.noiseFloor()) + "."));
    }

    /** What the sealed test adds to the verdict. */
    String onTest() {
        double gain = receipt.direction() == Direction.MAXIMIZE ? receipt.finalTest().score() - receipt.defaultTest().score() : receipt.defaultTest().score() - receipt.finalTest().score();
        boolean apart = receipt.finalTest().low() > receipt.defaultTest().high() || receipt.finalTest().high() < receipt.defaultTest().low();
        String direction = receipt.direction() == Direction.MAXIMIZE ? "higher is better" : "lower is better";
        if (gain == 0) {
            return "On the sealed test both score the same (" + direction + ").";
        }
        String size = "On the sealed test the model is " + score(Math.abs(gain)) + (gain > 0 ? " better" : " worse") + " than the default (" + direction + ")";
        return size + (apart ? "; the two intervals do not overlap." : "; the two intervals overlap, so this difference alone proves nothing.");
    }

    boolean winnerIsDefault() {
        return receipt.choice().winner().kind() == Contender.Kind.DEFAULT;
    }

    String metric() {
        return metric;
    }

    /** A score of the metric as a person reads it. */
    static String unit(Metric metric, Direction direction) {
        return MetricNames.of(metric) + " (" + (direction == Direction.MAXIMIZE ? "higher" : "lower") + " is better)";
    }

    static String interval(Receipt.TestScore test) {
        return score(test.low()) + " to " + score(test.high());
    }

    private static String bold(Receipt.TestScore test) {
        return score(test.score());
    }
}
