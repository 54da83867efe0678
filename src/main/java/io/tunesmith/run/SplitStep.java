package io.tunesmith.run;

import io.tunesmith.contract.Operation;
import io.tunesmith.contract.SplitOptions;
import io.tunesmith.data.SplitRule;
import io.tunesmith.plan.PipelinePlan;
import java.util.Map;

/** Parts the rows and seals the test part: its plain file goes before any training process starts. */
record SplitStep(RunContext context) {
    private static final double LIMIT_SECONDS = 600;

    SplitDone run(PipelinePlan plan) {
        SplitRule rule = new SplitRule(plan.target(), plan.split().stratified(), plan.split().testShare(), plan.split().folds());
        SplitOptions options = new SplitOptions(context.data().format().wire(), rule.target(), rule.stratified(), rule.testShare(), rule.folds(), rule.key(context.data().sha256()));
        Done parts = context.attempts().result(Job.of("split", Operation.SPLIT, 0, Map.of("data", context.dataFile()), options, LIMIT_SECONDS));
        context.ports().sealed().seal(context.id(), parts.path("test"));
        SplitDone done = new SplitDone(parts.relative("train"), rule.name(), (long) parts.fact("rows_train"), (long) parts.fact("rows_test"), (long) parts.fact("rows_dropped"));
        context.say("split.ready", String.format("%,d rows to learn from, %,d sealed for the test", done.trainRows(), done.testRows()),
                "train_rows", done.trainRows(), "test_rows", done.testRows(), "dropped_rows", done.droppedRows(), "notes", parts.result().notes());
        return done;
    }
}
