package io.tunesmith.api.mcp;

import io.tunesmith.core.FailureException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Work that may outlast a call: a transfer, a first look into a large table. The call waits a while; the work goes on, and the next call of the same name
 * finds it. Thread-safe.
 */
@Singleton
final class Background {
    private static final int MOST = 64;
    private static final long KEPT_MINUTES = 10;
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, CompletableFuture<?>> works = new ConcurrentHashMap<>();

    /** @return empty if it takes longer, or too much is under way */
    <T> Optional<T> within(String name, Duration patience, Class<T> type, Supplier<T> work) {
        if (works.size() >= MOST && !works.containsKey(name)) {
            return Optional.empty();
        }
        CompletableFuture<?> result = works.computeIfAbsent(name, _ -> begun(name, work));
        try {
            return Optional.of(type.cast(result.get(patience.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            works.remove(name, result);
            throw e.getCause() instanceof FailureException ours ? ours : new CompletionException(e.getCause());
        }
    }

    private <T> CompletableFuture<T> begun(String name, Supplier<T> work) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(work, threads);
        result.whenComplete((_, _) -> CompletableFuture.delayedExecutor(KEPT_MINUTES, TimeUnit.MINUTES).execute(() -> works.remove(name, result)));
        return result;
    }
}
