package io.tunesmith.run;

import io.tunesmith.contract.Operation;
import io.tunesmith.contract.RefitOptions.Member;
import io.tunesmith.plan.PipelinePlan;
import java.util.List;
import java.util.Map;

/** Fits the winner and the default on train plus validation, with a seed fixed beforehand: these very models are what the sealed test scores. */
record RefitStep(RunContext context, PipelinePlan plan, SplitDone split) {

    Refitted run(Chosen chosen) {
        Refitted.Model shipped = fit("refit", chosen.shipped(), true);
        Refitted.Model byDefault = chosen.shipped().equals(chosen.byDefault()) ? shipped : fit("refit-default", chosen.byDefault(), false);
        context.say("model.ready", "the winner is fitted on all " + split.trainRows() + " rows", "sha256", shipped.sha256(), "notes", shipped.notes());
        return new Refitted(shipped, byDefault);
    }

    private Refitted.Model fit(String work, List<Member> members, boolean onnx) {
        Done done = context.attempts().result(Job.of(work, Operation.REFIT, context.random().seedOf("refit"),
                Map.of("train", context.folders().made(context.id(), split.train())), Training.options(plan, members, onnx), context.secondsTo(context.meter(plan).until()) + 60));
        return new Refitted.Model(done.relative("model"), done.sha256("model"), done.result().facts(), done.result().notes());
    }
}
