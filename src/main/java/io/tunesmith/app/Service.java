package io.tunesmith.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.tunesmith.api.rest.ServiceFile;
import io.tunesmith.cli.ExitCode;
import io.tunesmith.core.Ids;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.Leadership;
import io.tunesmith.postgres.DataFolder;
import io.tunesmith.run.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The started service: opens the keys; when it leads, says in the discovery file where it is, and takes that back at its end. One that loses the lead ends:
 * whoever keeps it running starts it again, and it follows.
 */
public final class Service implements QuarkusApplication {
    private static final Duration LONGEST_END = Duration.ofSeconds(15);
    private final ServiceConfig config;
    private final DataFolder data;
    private final StoredKeys keys;
    private final IdleEnd idle;
    private final Leadership leadership;
    private final Dispatcher dispatcher;
    private final Ids ids;

    public Service(ServiceConfig config, DataFolder data, StoredKeys keys, IdleEnd idle, Leadership leadership, Dispatcher dispatcher, Ids ids) {
        this.config = config;
        this.data = data;
        this.keys = keys;
        this.idle = idle;
        this.leadership = leadership;
        this.dispatcher = dispatcher;
        this.ids = ids;
    }

    @Override
    public int run(String... arguments) throws IOException, InterruptedException {
        StoredKeys.LocalKey key = keys.local();
        if (config.rehearsal()) {
            return new Rehearsal(config.url(), key.value()).play();
        }
        if (config.measureQueue().isPresent()) {
            return new QueueMeasure(dispatcher, ids.run(), data.folder("runs"), config.url(), RunProducers.TRIAL_MEMORY, config.slots()).play(config.measureQueue().get());
        }
        if (!config.background()) {
            greet(key);
        }
        leadership.onLead(() -> announce(key));
        leadership.onLost(this::giveWay);
        idle.watch();
        try {
            Quarkus.waitForExit();
        } finally {
            Optional<ServiceFile> ours = ServiceFile.read(data.root()).filter(file -> file.pid().equals(Optional.of(pid())));
            if (ours.isPresent()) {
                ours.get().ended().write(data.root());
            }
        }
        return 0;
    }

    /** The key that the leader before had written there still opens every service. */
    private void announce(StoredKeys.LocalKey own) {
        String key = ServiceFile.read(data.root()).map(ServiceFile::key).filter(known -> keys.open(known).filter(opened -> opened.caller().scope() == Scope.ADMIN).isPresent()).orElse(own.value());
        try {
            new ServiceFile(Optional.of(config.url()), Optional.of(pid()), key).write(data.root());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!config.alone() && !config.background()) {
            System.out.println("It leads.");
        }
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private void giveWay() {
        System.err.println("tunesmith: another service" + leadership.leader().map(url -> ", at " + url + ",").orElse("") + " took over while this one did not answer; this one ends and can be started again to follow");
        Thread.ofPlatform().daemon().name("end").start(() -> {
            LockSupport.parkNanos(LONGEST_END.toNanos());
            Runtime.getRuntime().halt(ExitCode.LEAD_LOST);
        });
        Quarkus.asyncExit(ExitCode.LEAD_LOST);
    }

    private void greet(StoredKeys.LocalKey key) {
        System.out.println("Tunesmith answers at " + config.url());
        if (!config.auth()) {
            System.out.println("Anyone on this machine may call it (--no-auth).");
        } else if (key.fresh()) {
            System.out.println("Its key, shown this once: " + key.value());
        }
        System.out.println("The key is kept in " + data.root().resolve("service.json") + ", where the tunesmith command finds it.");
        if (!leadership.leads()) {
            System.out.println("It follows the leader" + leadership.leader().map(url -> " at " + url).orElse("") + "; takes over if it is gone.");
        }
    }
}
