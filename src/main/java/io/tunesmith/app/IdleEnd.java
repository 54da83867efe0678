package io.tunesmith.app;

import io.tunesmith.api.rest.Activity;
import io.tunesmith.api.rest.Ending;
import io.tunesmith.run.RunStore;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Ends a background service that has had no run to work on and no request for a while; a run that waits for an answer, or is paused, can wait in the database. */
@Singleton
final class IdleEnd {
    private final ServiceConfig config;
    private final Activity activity;
    private final RunStore runs;
    private final Ending ending;

    IdleEnd(ServiceConfig config, Activity activity, RunStore runs, Ending ending) {
        this.config = config;
        this.activity = activity;
        this.runs = runs;
        this.ending = ending;
    }

    void watch() {
        if (config.background()) {
            Thread.ofVirtual().name("idle-end").start(this::untilIdle);
        }
    }

    private void untilIdle() {
        try {
            while (true) {
                Duration left = config.idleEnd().minus(activity.idle());
                if (!left.isPositive() && runs.open().stream().noneMatch(run -> run.status().works())) {
                    ending.begin();
                    return;
                }
                Thread.sleep(left.isPositive() ? left.plusMillis(100) : Duration.ofSeconds(15));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
