package io.tunesmith.app;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tunesmith.api.Idempotency;
import io.tunesmith.api.openai.ChatSettings;
import io.tunesmith.core.Ids;
import io.tunesmith.dispatch.Agents;
import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.dispatch.Backends;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.Leadership;
import io.tunesmith.dispatch.Probe;
import io.tunesmith.dispatch.Uploads;
import io.tunesmith.dispatch.agent.AgentBackend;
import io.tunesmith.dispatch.agent.AgentStore;
import io.tunesmith.dispatch.agent.AgentTimes;
import io.tunesmith.dispatch.local.LocalBackend;
import io.tunesmith.dispatch.local.LocalSettings;
import io.tunesmith.dispatch.local.WorkerCommand;
import io.tunesmith.plan.CataloguePlanner;
import io.tunesmith.plan.Planner.Machine;
import io.tunesmith.postgres.DataFolder;
import io.tunesmith.run.Allowances;
import io.tunesmith.run.DatasetProfiles;
import io.tunesmith.run.DatasetService;
import io.tunesmith.run.DatasetStore;
import io.tunesmith.run.OpeningStore;
import io.tunesmith.run.References;
import io.tunesmith.run.RunService;
import io.tunesmith.run.RunStore;
import io.tunesmith.run.SealedStore;
import io.tunesmith.run.TrialStore;
import io.tunesmith.run.Usage;
import io.tunesmith.talk.Answered;
import io.tunesmith.talk.Memory;
import io.tunesmith.talk.Once;
import io.tunesmith.talk.Repeats;
import io.tunesmith.task.RulesReader;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Builds what walks runs, takes up unfinished ones at the start, and ends the workers at the end. */
@Singleton
final class RunProducers {
    static final long TRIAL_MEMORY = 2L << 30;
    private static final long TRIAL_HEAP = 1L << 30;
    private static final long TICK_MILLIS = 100;
    private static final long RUNS_MILLIS = 1000;
    private static final long MEMORY_MINUTES = 60;
    private final ExecutorService launches = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean lost;
    private volatile boolean ending;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("dispatch").factory());

    @Produces
    @Singleton
    LocalBackend backend(ServiceConfig config, DataFolder data, Clock clock) {
        LocalSettings settings = LocalSettings.of(config.slots(), WorkerCommand.here(TRIAL_HEAP).line(data.folder("logs")), data.folder("logs"));
        // A spare a slot, and one for the process that has seen all of the data and never trains.
        return new LocalBackend(settings.withSpares(config.slots() + 1), clock);
    }

    @Produces
    @Singleton
    Backends backends(LocalBackend local, AgentBackend agents) {
        return Backends.of(local, agents);
    }

    @Produces
    @Singleton
    AgentBackend agents(AgentStore store, Clock clock) {
        return new AgentBackend(store, clock, agentTimes());
    }

    /** A test may shorten them: {@code SUSPECT,LOST,HOLD} in milliseconds. */
    private static AgentTimes agentTimes() {
        return Optional.ofNullable(System.getProperty("tunesmith.agent-times")).map(text -> Stream.of(text.split(",")).map(millis -> Duration.ofMillis(Long.parseLong(millis))).toList())
                .map(times -> new AgentTimes(times.get(0), times.get(1), times.get(2))).orElse(AgentTimes.USUAL);
    }

    @Produces
    @Singleton
    Uploads uploads(AttemptStore store, Agents agents) {
        return new Uploads(store, agents::folder);
    }

    @Produces
    @Singleton
    Dispatcher dispatcher(AttemptStore store, Backends backends, Clock clock) {
        SecureRandom entropy = new SecureRandom();
        return new Dispatcher(store, backends, clock, () -> {
            byte[] bytes = new byte[32];
            entropy.nextBytes(bytes);
            return bytes;
        }, this::launch);
    }

    /** On a thread of its own; what fails while the service ends is the next one's. */
    private void launch(Runnable task) {
        launches.execute(() -> {
            try {
                if (!ending) {
                    task.run();
                }
            } catch (RuntimeException e) {
                if (!ending) {
                    throw e;
                }
            }
        });
    }

    @Produces
    @Singleton
    Probe probe(ServiceConfig config, DataFolder data, Dispatcher dispatcher, Backends backends, Clock clock) {
        return new Probe(dispatcher, backends, data.folder("probes"), callback(config), clock);
    }

    private static String callback(ServiceConfig config) {
        return config.url() + "/api/v1/attempts";
    }

    @Produces
    @Singleton
    RunService runs(ServiceConfig config, DataFolder data, RunStore runs, TrialStore trials, DatasetStore datasets, OpeningStore openings, SealedStore sealed, Allowances allowances, Dispatcher dispatcher, Backends backends, Leadership leadership,
            Clock clock, Ids ids, @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        boolean openMp = openMp();
        io.tunesmith.run.Ports ports = new io.tunesmith.run.Ports(runs, trials, datasets, openings, sealed, allowances, new RulesReader(), new CataloguePlanner(), () -> new Machine(Math.max(1, backends.slots()), 1, openMp),
                dispatcher, clock, version);
        return new RunService(ports, data.folder("runs"), ids, new SecureRandom()::nextLong, callback(config), TRIAL_MEMORY, leadership, Duration.ofMillis(Math.round(config.autoStartSeconds() * 1000)));
    }

    /** One message makes one run. */
    @Produces
    @Singleton
    Once once(Repeats repeats, Ids ids, Clock clock) {
        return new Once(repeats, ids, clock);
    }

    @Produces
    @Singleton
    Memory memory(Repeats repeats, Answered answered, Clock clock) {
        return new Memory(repeats, answered, clock);
    }

    @Produces
    @Singleton
    ChatSettings chat(ServiceConfig config) {
        return new ChatSettings(config.url(), config.chat().progress(), Duration.ofSeconds(config.waitS()));
    }

    @Produces
    @Singleton
    DatasetService datasets(ServiceConfig config, DataFolder data, DatasetStore store, Usage usage, Dispatcher dispatcher, Leadership leadership, References references) {
        return new DatasetService(store, new DatasetProfiles(store, dispatcher, leadership, data.folder("profiles"), callback(config), TRIAL_MEMORY), references, usage);
    }

    /** LightGBM's library needs libgomp. */
    static boolean openMp() {
        return Stream.of("/usr/lib", "/usr/lib64", "/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu")
                .anyMatch(folder -> Files.exists(Path.of(folder, "libgomp.so.1")));
    }

    /** Only the service that leads works on runs. */
    void begin(@Observes StartupEvent event, Leadership leadership, Dispatcher dispatcher, LocalBackend backend, RunService runs, Memory memory) {
        leadership.onLead(() -> {
            ticker.scheduleWithFixedDelay(dispatcher::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            backend.begin();
            ticker.scheduleWithFixedDelay(() -> guarded(memory::tick), 1, MEMORY_MINUTES, TimeUnit.MINUTES);
            ticker.scheduleWithFixedDelay(() -> guarded(runs::tick), 0, RUNS_MILLIS, TimeUnit.MILLISECONDS);
        });
        leadership.onLost(() -> {
            lost = true;
            ticker.shutdown();
        });
    }

    /** Any service does it: it only forgets. */
    void forget(@Observes StartupEvent event, Idempotency idempotency) {
        ticker.scheduleWithFixedDelay(() -> guarded(idempotency::tick), 1, 60, TimeUnit.MINUTES);
    }

    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            System.getLogger(RunProducers.class.getName()).log(System.Logger.Level.WARNING, "runs are looked at again soon: {0}", e.getMessage());
        }
    }

    /** The processes of a service that lost its lead are the next leader's: it takes them over. */
    void end(@Observes ShutdownEvent event, RunService runs, LocalBackend backend) {
        ending = true;
        runs.end();
        ticker.shutdown();
        if (!lost) {
            backend.close();
        }
    }
}
