package io.tunesmith.app;

import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.data.duckdb.DataOperations;
import io.tunesmith.trainer.TrainerHandlers;
import io.tunesmith.trainer.TrainerMain;
import io.tunesmith.trainer.agent.Attempt;
import io.tunesmith.trainer.agent.Findings;
import io.tunesmith.trainer.agent.OperationHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** The main of every child process: looks at data, splits, trains, evaluates, predicts. Native libraries are loaded here, never in the service. */
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] arguments) throws IOException {
        Map<Operation, OperationHandler> handlers = new EnumMap<>(TrainerHandlers.all());
        handlers.put(Operation.PROFILE, attempt -> found(attempt, DataOperations::profile));
        handlers.put(Operation.SPLIT, attempt -> found(attempt, DataOperations::split));
        System.exit(TrainerMain.run(arguments, handlers));
    }

    /** An operation on data: reads and writes files of the attempt's folder. */
    private interface DataOperation {
        WorkerEvent.Result run(Path folder, AttemptSpec spec) throws Exception;
    }

    private static Findings found(Attempt attempt, DataOperation operation) throws Exception {
        attempt.started();
        WorkerEvent.Result result = operation.run(attempt.folder(), attempt.spec());
        return new Findings(result.values(), result.facts(), result.artifacts(), result.notes(), false);
    }
}
