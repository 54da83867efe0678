package io.tunesmith.trainer;

import io.tunesmith.contract.Operation;
import io.tunesmith.trainer.agent.OperationHandler;
import java.util.Map;

/** What the tabular trainer does, by operation. */
public final class TrainerHandlers {
    /** The recipe's name in a spec. */
    public static final String RECIPE = "tabular";

    private TrainerHandlers() {}

    /** TRAIN, REFIT, EVALUATE, PREDICT and PROBE; a main that also profiles and splits adds its own. */
    public static Map<Operation, OperationHandler> all() {
        return Map.of(Operation.TRAIN, new TrainHandler(), Operation.REFIT, new RefitHandler(), Operation.EVALUATE, new EvaluateHandler(),
                Operation.PREDICT, new PredictHandler(), Operation.PROBE, new ProbeHandler());
    }
}
