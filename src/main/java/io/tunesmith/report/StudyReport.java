package io.tunesmith.report;

import io.tunesmith.budget.Cost;
import io.tunesmith.data.Profile;
import io.tunesmith.judge.Receipt;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.task.TaskSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the report of a finished run tells, in one value. All text in it comes from requests, data or files and is untrusted: the
 * writers escape it.
 *
 * @param request the words of the user
 * @param dataName the file's name as the user gave it
 * @param version of Tunesmith
 * @param hyperparameters share of the variance of scores that each hyperparameter explains; sums to 1; empty with too few trials
 * @param files that came with the model, name → what it is
 */
public record StudyReport(
        String run,
        String version,
        String request,
        Instant accepted,
        String dataName,
        String dataSha256,
        Profile profile,
        TaskSpec task,
        PipelinePlan plan,
        long seed,
        long trainRows,
        long testRows,
        long droppedRows,
        List<TrialRow> trials,
        List<Share> hyperparameters,
        Receipt receipt,
        TestView test,
        ModelView model,
        List<Timing> timings,
        Cost cost,
        List<String> without,
        List<String> warnings) {

    public StudyReport {
        trials = List.copyOf(trials);
        hyperparameters = List.copyOf(hyperparameters);
        timings = List.copyOf(timings);
        without = List.copyOf(without);
        warnings = List.copyOf(warnings);
    }

    /**
     * @param state finished, pruned, infeasible, failed or cancelled
     * @param score last score; absent where none was reported
     * @param why the sampler's sentence
     * @param end for those that did not finish: why
     */
    public record TrialRow(int number, String state, Optional<Double> score, String learner, Map<String, Object> config, String sampler, String why, Optional<String> end, double startSeconds, double seconds) {}

    public record Share(String name, double share) {}

    public record Timing(String step, double seconds) {}

    /**
     * What the sealed test showed of the shipped model.
     *
     * @param metrics other usual metrics, name → {final, default}
     * @param confusion for classes
     * @param residuals for numbers: at most 2,000 pairs
     * @param columns permutation importance of each column: loss of score when it is shuffled
     */
    public record TestView(List<MetricRow> metrics, Optional<Confusion> confusion, List<Residual> residuals, List<Share> columns) {}

    public record MetricRow(String name, double shipped, double byDefault) {}

    /** @param counts counts[truth][predicted] */
    public record Confusion(List<String> classes, List<List<Long>> counts) {}

    public record Residual(double truth, double predicted) {}

    /**
     * @param members what the shipped model is made of, for people, with weights
     * @param onnx what the ONNX file holds and how far it is from the native predictions, or why there is none
     */
    public record ModelView(String name, List<String> members, String onnx, double millisecondsPerRow, long bytes, List<String> files) {}
}
