package io.tunesmith.app;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tunesmith.core.Ids;
import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.local.LocalBackend;
import io.tunesmith.dispatch.local.LocalSettings;
import io.tunesmith.plan.CataloguePlanner;
import io.tunesmith.plan.Planner.Machine;
import io.tunesmith.postgres.DataFolder;
import io.tunesmith.run.DatasetStore;
import io.tunesmith.run.OpeningStore;
import io.tunesmith.run.RunService;
import io.tunesmith.run.RunStore;
import io.tunesmith.run.SealedStore;
import io.tunesmith.run.TrialStore;
import io.tunesmith.task.RulesReader;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Builds what walks runs, takes up unfinished ones at the start, and ends the workers at the end. */
@Singleton
final class RunProducers {
    private static final int SLOTS = 2;
    /** One a slot, and one for the process that has seen all of the data and never trains. */
    private static final int SPARES = SLOTS + 1;
    private static final long TRIAL_MEMORY = 2L << 30;
    private static final long TRIAL_HEAP = 1L << 30;
    private static final long TICK_MILLIS = 100;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("dispatch").factory());

    @Produces
    @Singleton
    LocalBackend backend(DataFolder data, Clock clock) {
        return new LocalBackend(LocalSettings.of(SLOTS, WorkerCommand.here(TRIAL_HEAP).line(data.folder("logs")), data.folder("logs")).withSpares(SPARES), clock);
    }

    @Produces
    @Singleton
    Dispatcher dispatcher(AttemptStore store, LocalBackend backend, Clock clock) {
        SecureRandom entropy = new SecureRandom();
        return new Dispatcher(store, backend, clock, () -> {
            byte[] bytes = new byte[32];
            entropy.nextBytes(bytes);
            return bytes;
        });
    }

    @Produces
    @Singleton
    RunService runs(ServiceConfig config, DataFolder data, RunStore runs, TrialStore trials, DatasetStore datasets, OpeningStore openings, SealedStore sealed, Dispatcher dispatcher,
            Clock clock, Ids ids, @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        io.tunesmith.run.Ports ports = new io.tunesmith.run.Ports(runs, trials, datasets, openings, sealed, new RulesReader(), new CataloguePlanner(), new Machine(SLOTS, 1, openMp()),
                dispatcher, clock, version);
        return new RunService(ports, data.folder("runs"), ids, new SecureRandom()::nextLong, config.url() + "/api/v1/attempts", TRIAL_MEMORY);
    }

    /** LightGBM's library needs libgomp. */
    static boolean openMp() {
        return Stream.of("/usr/lib", "/usr/lib64", "/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu")
                .anyMatch(folder -> Files.exists(Path.of(folder, "libgomp.so.1")));
    }

    void begin(@Observes StartupEvent event, Dispatcher dispatcher, LocalBackend backend, RunService runs) {
        ticker.scheduleWithFixedDelay(dispatcher::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        backend.prestart();
        runs.resume();
    }

    void end(@Observes ShutdownEvent event, LocalBackend backend) {
        ticker.shutdownNow();
        backend.close();
    }
}
