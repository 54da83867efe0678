package io.tunesmith.run;

import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.WorkerEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One piece of work for a training process.
 *
 * @param work its short name in the run, the middle of the attempt key: {@code t12}, {@code profile}, …
 * @param inputs role → file or model folder, placed into the attempt's folder
 * @param options the operation's options record
 * @param wallSeconds limit
 * @param until when it must be over, retries and waiting included
 * @param listener is told the events as they come, and may answer stop
 */
record Job(
        String work,
        Operation operation,
        Map<String, Object> config,
        long seed,
        Map<String, Path> inputs,
        Object options,
        double wallSeconds,
        Instant until,
        Function<List<WorkerEvent>, Report.Answer> listener) {

    static Job of(String work, Operation operation, long seed, Map<String, Path> inputs, Object options, double wallSeconds) {
        return new Job(work, operation, Map.of(), seed, inputs, options, wallSeconds, Instant.MAX, events -> Report.Answer.GO_ON);
    }
}
