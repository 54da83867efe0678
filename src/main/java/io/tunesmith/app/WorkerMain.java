package io.tunesmith.app;

import io.tunesmith.bench.NoopObjective;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.data.duckdb.DataOperations;
import io.tunesmith.trainer.TrainerHandlers;
import io.tunesmith.trainer.TrainerMain;
import io.tunesmith.trainer.agent.Attempt;
import io.tunesmith.trainer.agent.AttemptAgent;
import io.tunesmith.trainer.agent.Findings;
import io.tunesmith.trainer.agent.OperationHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import sun.misc.Signal;

/** The main of every child process: looks at data, splits, trains, evaluates, predicts. Native libraries are loaded here, never in the service. USR1 asks for a checkpoint. */
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] arguments) throws IOException {
        Map<Operation, OperationHandler> handlers = new EnumMap<>(TrainerHandlers.all());
        handlers.put(Operation.PROFILE, attempt -> found(attempt, DataOperations::profile));
        handlers.put(Operation.SPLIT, attempt -> found(attempt, DataOperations::split));
        NoopObjective.asked(Optional.ofNullable(System.getProperty(NoopObjective.PROPERTY))).ifPresent(noop -> handlers.put(Operation.TRAIN, noop));
        Signal.handle(new Signal("USR1"), _ -> AttemptAgent.wantCheckpoint());
        System.exit(TrainerMain.run(arguments, handlers));
    }

    /** An operation on data: reads files of the attempt's folder, writes to the incarnation's. */
    private interface DataOperation {
        WorkerEvent.Result run(Path inputs, Path work, AttemptSpec spec) throws Exception;
    }

    private static Findings found(Attempt attempt, DataOperation operation) throws Exception {
        attempt.started();
        WorkerEvent.Result result = operation.run(attempt.inputs(), attempt.work(), attempt.spec());
        return new Findings(result.values(), result.facts(), result.artifacts(), result.notes(), false);
    }
}
