package io.tunesmith.app;

import io.quarkus.runtime.Quarkus;
import io.tunesmith.api.rest.Ending;
import jakarta.inject.Singleton;

/** Ends Quarkus a moment later, so that the answer to the call gets out first. */
@Singleton
public final class QuarkusEnding implements Ending {
    @Override
    public void begin() {
        Thread.ofPlatform().name("ending").start(() -> {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Quarkus.asyncExit(0);
        });
    }
}
