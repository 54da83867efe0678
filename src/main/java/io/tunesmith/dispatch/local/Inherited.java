package io.tunesmith.dispatch.local;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Ends a process that an earlier service started: it is not our child, so only its mark tells that it is still the one. */
final class Inherited {
    private Inherited() {}

    /** TERM now, KILL after {@code grace}, its descendants too. Asynchronous. */
    static void end(ProcessMark mark, String cookie, Duration grace) {
        Optional<ProcessHandle> process = mark.handle();
        List<ProcessHandle> family = process.map(handle -> handle.descendants().toList()).orElse(List.of());
        process.ifPresent(handle -> {
            handle.destroy();
            handle.onExit().orTimeout(grace.toMillis(), TimeUnit.MILLISECONDS).whenComplete((_, _) -> {
                family.forEach(ProcessHandle::destroyForcibly);
                mark.handle().ifPresent(ProcessHandle::destroyForcibly);
                Kin.kill(cookie);
            });
        });
    }
}
