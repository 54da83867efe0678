package io.tunesmith.api.rest;

import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureException;
import io.tunesmith.data.Profile;
import io.tunesmith.run.Datasets;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Profiles under way: each data set is looked into once, however many ask. Thread-safe. */
@Singleton
public final class ProfileWork {
    private final ConcurrentHashMap<DatasetId, CompletableFuture<Profile>> underWay = new ConcurrentHashMap<>();

    /** @return empty if it takes longer; the work goes on */
    Optional<Profile> get(Datasets datasets, DatasetId id, Duration patience) {
        CompletableFuture<Profile> work = underWay.computeIfAbsent(id, _ -> begun(datasets, id));
        try {
            return Optional.of(work.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FailureException failed ? failed : new IllegalStateException("the data set " + id + " cannot be profiled", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.NoCapacity("the service ends").asException();
        }
    }

    private CompletableFuture<Profile> begun(Datasets datasets, DatasetId id) {
        CompletableFuture<Profile> work = new CompletableFuture<>();
        Thread.ofVirtual().name("profile of " + id).start(() -> {
            try {
                work.complete(datasets.profile(id));
            } catch (RuntimeException e) {
                work.completeExceptionally(e);
            } finally {
                underWay.remove(id, work);
            }
        });
        return work;
    }
}
