package io.tunesmith.run;

import io.tunesmith.data.Profile;
import io.tunesmith.task.Overrides;
import io.tunesmith.task.Settling;
import io.tunesmith.task.TaskSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the request against the profile. A run that may ask asks for what is left open, one thing at a time; what was answered is read as if it had been stated. */
record ReadStep(RunContext context) {

    TaskSpec run(Profile profile) {
        RunRequest request = context.run().request();
        List<RunStore.Asked> asked = request.start() == Start.NOW ? List.of() : context.ports().runs().questions(context.id());
        TaskSpec task = context.ports().reader().read(request.text(), profile.columnNames(), Optional.of(profile), settled(request.overrides(), asked));
        if (request.start() != Start.NOW) {
            Questions.open(task, asked.stream().map(one -> one.question().id()).collect(Collectors.toSet())).ifPresent(context::ask);
        }
        String target = task.target().orElse("an open target");
        String metric = task.metric().map(goal -> goal.name().wire()).orElse("a metric that the plan chooses");
        context.say("task.ready", task.task().wire() + " of " + target + " by " + metric, "task", task.task().wire(), "target", target,
                "metric", metric, "sources", task.sources(), "open", task.open().stream().map(open -> open.field() + ": " + open.why()).toList());
        return task;
    }

    /** What is stated, and what answers settled. */
    static Overrides settled(Overrides stated, List<RunStore.Asked> asked) {
        Overrides overrides = stated;
        for (RunStore.Asked one : asked) {
            overrides = one.answer().isPresent() ? Settling.with(overrides, one.question().id(), one.answer().get()) : overrides;
        }
        return overrides;
    }
}
