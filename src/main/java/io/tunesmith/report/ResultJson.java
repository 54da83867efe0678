package io.tunesmith.report;

import io.tunesmith.budget.Cost;
import io.tunesmith.judge.Choice;
import io.tunesmith.judge.Receipt;
import io.tunesmith.task.TaskSpec;
import java.util.List;

/** Writes {@code result.json}: what a program wants to know of a finished run. Names of files are relative to its own folder. */
public final class ResultJson {
    private ResultJson() {}

    /** @param status the run's, in wire form, for example {@code succeeded} */
    public static String write(StudyReport report, String status) {
        return JsonForm.write(new Result(
                report.run(), status, report.task(), score(report.receipt()), trials(report.trials()), report.cost().seconds(), report.cost(),
                "model", "report.html", "receipt.json", report.warnings()));
    }

    private static Score score(Receipt receipt) {
        Choice.Scored winner = receipt.choice().ranked().getFirst();
        return new Score(
                receipt.metric().wire(), receipt.direction().wire(), new Interval(winner.mean(), winner.low(), winner.high()),
                receipt.finalTest().score(), receipt.defaultTest().score());
    }

    private static Trials trials(List<StudyReport.TrialRow> rows) {
        return new Trials(count(rows, "finished"), count(rows, "pruned"), count(rows, "failed"), count(rows, "infeasible"));
    }

    private static long count(List<StudyReport.TrialRow> rows, String state) {
        return rows.stream().filter(row -> row.state().equals(state)).count();
    }

    private record Result(
            String runId,
            String status,
            TaskSpec task,
            Score metric,
            Trials trials,
            double seconds,
            Cost cost,
            String model,
            String report,
            String receipt,
            List<String> warnings) {}

    /** @param validation of the winner, over the re-runs on fresh seeds */
    private record Score(String name, String direction, Interval validation, double test, double baselineTest) {}

    private record Interval(double mean, double low, double high) {}

    private record Trials(long finished, long pruned, long failed, long infeasible) {}
}
