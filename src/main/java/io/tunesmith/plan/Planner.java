package io.tunesmith.plan;

import io.tunesmith.data.Profile;
import io.tunesmith.task.TaskSpec;

/** Turns a task into a plan. Implementations: {@link CataloguePlanner}; planners that ask a language model come beside it. */
public interface Planner {

    /**
     * @param learners what this machine can train: names of {@link Learner}
     * @throws io.tunesmith.core.FailureException with a {@code BadRequest} that names the field, where no plan can be made
     */
    PipelinePlan plan(TaskSpec task, Profile profile, Machine machine);

    /**
     * What the training processes run on.
     *
     * @param threads CPU threads of one trial
     * @param parallel trials at once
     */
    record Machine(int parallel, int threads, boolean lightgbm) {}
}
