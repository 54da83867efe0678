package io.tunesmith.run;

import io.tunesmith.data.Profile;
import io.tunesmith.task.TaskSpec;
import java.util.Optional;

/** Reads the request against the profile. */
record ReadStep(RunContext context) {

    TaskSpec run(Profile profile) {
        RunRequest request = context.run().request();
        TaskSpec task = context.ports().reader().read(request.text(), profile.columnNames(), Optional.of(profile), request.overrides());
        String target = task.target().orElse("an open target");
        String metric = task.metric().map(goal -> goal.name().wire()).orElse("a metric that the plan chooses");
        context.say("task.ready", task.task().wire() + " of " + target + " by " + metric, "task", task.task().wire(), "target", target,
                "metric", metric, "sources", task.sources(), "open", task.open().stream().map(open -> open.field() + ": " + open.why()).toList());
        return task;
    }
}
