package io.tunesmith.run;

import io.tunesmith.contract.Feature;
import io.tunesmith.contract.RefitOptions.Member;
import io.tunesmith.contract.RefitOptions;
import io.tunesmith.contract.TaskKind;
import io.tunesmith.contract.TrainOptions;
import io.tunesmith.plan.PipelinePlan.ColumnUse;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.study.StudySpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The plan in the words of the worker contract and of the study. */
final class Training {
    static final String SAMPLER = "tpe";
    private static final String PRUNER = "median";

    private Training() {}

    static TaskKind kind(PipelinePlan plan) {
        return TaskKind.valueOf(plan.kind().toUpperCase(Locale.ROOT));
    }

    static List<Feature> features(PipelinePlan plan) {
        return plan.columns().stream().filter(ColumnUse::used)
                .map(use -> new Feature(use.name(), Feature.Treatment.valueOf(use.treatment().toUpperCase(Locale.ROOT)))).toList();
    }

    /** @param foldSeed deals the folds anew; empty keeps those of the split */
    static TrainOptions options(PipelinePlan plan, Optional<Long> foldSeed) {
        return new TrainOptions(kind(plan), plan.target(), plan.metric(), features(plan), foldSeed);
    }

    /** The study of a run, with what it was given on top of its budget; the same run and plan give the same study. */
    static StudySpec study(Run run, Ports ports, PipelinePlan plan, Extra extra) {
        int parallel = plan.parallel();
        Inheritance inherited = Inheritance.of(run, ports, plan);
        return new StudySpec(plan.space(), plan.direction(), SAMPLER, PRUNER, run.seed(), Math.toIntExact(extra.on(plan.budget()).trials().orElseThrow()), parallel,
                StudySpec.defaultLookback(parallel), inherited.priors(plan), inherited.evidence(plan));
    }

    static RefitOptions options(PipelinePlan plan, List<Member> members, boolean onnx) {
        return new RefitOptions(kind(plan), plan.target(), plan.metric(), features(plan), members, onnx);
    }
}
