package io.tunesmith.trainer;

import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent.Artifact;
import io.tunesmith.trainer.agent.Attempt;
import io.tunesmith.trainer.agent.Findings;
import io.tunesmith.trainer.agent.OperationHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Does the least that shows that everything works: log, report, file. */
final class ProbeHandler implements OperationHandler {
    private static final String VALUE = "probe";
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    @Override
    public Findings run(Attempt attempt) {
        System.out.println("probe " + attempt.spec().attempt());
        attempt.started();
        boolean stop = attempt.measured(1, Map.of(VALUE, 1.0));
        boolean waits = Boolean.TRUE.equals(attempt.spec().config().get("wait"));
        for (long step = 2; waits && !stop; step++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            stop = attempt.measured(step, Map.of(VALUE, 1.0));
        }
        Wire.writeBytes(attempt.work().resolve(VALUE), attempt.spec().attempt().value().getBytes(StandardCharsets.UTF_8));
        Map<String, Artifact> artifacts = Map.of(VALUE, attempt.artifact(VALUE));
        return new Findings(Map.of(VALUE, 1.0), Map.of(), artifacts, List.of(), false);
    }
}
