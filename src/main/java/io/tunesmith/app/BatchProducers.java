package io.tunesmith.app;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tunesmith.api.openai.ConversationLines;
import io.tunesmith.batch.BatchCap;
import io.tunesmith.batch.BatchFile;
import io.tunesmith.batch.BatchService;
import io.tunesmith.batch.BatchSettings;
import io.tunesmith.batch.BatchStore;
import io.tunesmith.core.Ids;
import io.tunesmith.dispatch.Leadership;
import io.tunesmith.postgres.DataFolder;
import io.tunesmith.run.FileService;
import io.tunesmith.run.FileStore;
import io.tunesmith.run.Usage;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Builds what keeps files and works batches through, and lets the service that leads do so. */
@Singleton
final class BatchProducers {
    private static final Logger LOG = Logger.getLogger(BatchProducers.class);
    private static final long BATCHES_MILLIS = 1000;
    private static final long FILES_MINUTES = 1;
    private final ExecutorService steps = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("batches").factory());
    private volatile boolean ending;

    @Produces
    @Singleton
    FileService files(FileStore store, Ids ids, Clock clock, Usage usage) {
        return new FileService(store, ids, clock, usage);
    }

    @Produces
    @Singleton
    BatchService batches(BatchStore store, FileStore files, ConversationLines lines, Ids ids, Clock clock, ServiceConfig config, DataFolder data) {
        BatchSettings settings = new BatchSettings(config.batch().linesAtOnce(), config.batch().openEach(), new BatchCap(config.batch().seconds(), Optional.empty()), BatchSettings.EXPIRY, BatchSettings.PATIENCE, BatchFile.Limits.USUAL);
        return new BatchService(store, files, lines, ids, clock, settings, data.folder("inbox"), step -> steps.execute(() -> guarded(step)));
    }

    void begin(@Observes StartupEvent event, Leadership leadership, BatchService batches, FileService files) {
        leadership.onLead(() -> {
            ticker.scheduleWithFixedDelay(() -> guarded(batches::tick), 0, BATCHES_MILLIS, TimeUnit.MILLISECONDS);
            ticker.scheduleWithFixedDelay(() -> guarded(files::tick), 0, FILES_MINUTES, TimeUnit.MINUTES);
        });
        leadership.onLost(ticker::shutdown);
    }

    /** What is cut off is gone on with at a later tick, here or by the next service. */
    private void guarded(Runnable action) {
        try {
            if (!ending) {
                action.run();
            }
        } catch (RuntimeException e) {
            LOG.logf(ending ? Logger.Level.DEBUG : Logger.Level.WARN, e, "batches are looked at again soon");
        }
    }

    void end(@Observes ShutdownEvent event) {
        ending = true;
        ticker.shutdown();
        steps.shutdown();
    }
}
