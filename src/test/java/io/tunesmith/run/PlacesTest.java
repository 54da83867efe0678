package io.tunesmith.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Ids;
import io.tunesmith.task.Overrides;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlacesTest {
    private final Ids ids = new Ids(Clock.systemUTC(), new Random(3)::nextLong);
    private final Map<String, Integer> limits = new ConcurrentHashMap<>();
    private final Places places = new Places(3, owner -> new Allowance(Optional.empty(), Optional.ofNullable(limits.get(owner)), Optional.empty(), Optional.empty(), Optional.empty()));

    @Test
    void theLineIsKeptAndOneThatWaitsForItsOwnersRunLetsOthersPass() throws Exception {
        limits.put("a", 1);
        Run first = run("a");
        Run second = run("a");
        Run other = run("b");
        CompletableFuture<Boolean> one = take(first);
        CompletableFuture<Boolean> two = take(second);
        CompletableFuture<Boolean> three = take(other);
        assertThat(one.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(three.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(two).isNotDone();
        places.leave(other);
        assertThat(two).isNotDone();
        places.leave(first);
        assertThat(two.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoeverWithdrawsGetsNoneAndHoldsNobodyUp() throws Exception {
        limits.put("a", 1);
        Run first = run("a");
        take(first).get(5, TimeUnit.SECONDS);
        Run second = run("a");
        CompletableFuture<Boolean> waits = take(second);
        places.withdraw(second.id());
        assertThat(waits.get(5, TimeUnit.SECONDS)).isFalse();
        places.leave(first);
        assertThat(take(run("a")).get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void neverMoreAtATimeThanAllowed() throws Exception {
        limits.put("a", 2);
        AtomicInteger all = new AtomicInteger();
        AtomicInteger ofA = new AtomicInteger();
        List<CompletableFuture<Boolean>> works = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Run run = run(i % 3 == 0 ? "b" : "a");
            AtomicInteger own = run.owner().equals("a") ? ofA : new AtomicInteger();
            works.add(take(run).thenApplyAsync(_ -> {
                boolean kept = all.incrementAndGet() <= 3 & own.incrementAndGet() <= 2;
                Thread.yield();
                own.decrementAndGet();
                all.decrementAndGet();
                places.leave(run);
                return kept;
            }, Executors.newVirtualThreadPerTaskExecutor()));
        }
        for (CompletableFuture<Boolean> work : works) {
            assertThat(work.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private CompletableFuture<Boolean> take(Run run) {
        places.lineUp(run);
        return CompletableFuture.supplyAsync(() -> places.take(run), Executors.newVirtualThreadPerTaskExecutor());
    }

    private Run run(String owner) {
        RunRequest request = RunRequest.now("predict b", new DatasetId("ds_" + "0".repeat(26)), Overrides.NONE);
        return new Run(ids.run(), owner, request, RunStatus.QUEUED, 1, Instant.EPOCH, Duration.ZERO, Optional.empty(), Optional.empty());
    }
}
