package io.tunesmith.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.DatasetId;
import io.tunesmith.core.RunId;
import io.tunesmith.task.Overrides;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedLooksTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final RunId A = new RunId("run_" + "0".repeat(25) + "a");
    private static final RunId B = new RunId("run_" + "0".repeat(25) + "b");
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Test
    void thoseWhoComeDuringALookShareTheNext() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger queries = new AtomicInteger();
        SharedLooks looks = new SharedLooks(ids -> {
            queries.incrementAndGet();
            begun.countDown();
            await(go);
            return ids.stream().filter(A::equals).collect(Collectors.toMap(id -> id, id -> version(id, queries.get())));
        });
        Future<Optional<RunVersion>> first = threads.submit(() -> looks.version(A));
        begun.await();
        List<Future<Optional<RunVersion>>> more = new ArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            RunId id = i % 2 == 0 ? A : B;
            more.add(threads.submit(() -> {
                asked.incrementAndGet();
                return looks.version(id);
            }));
        }
        while (asked.get() < 100) {
            Thread.sleep(1);
        }
        Thread.sleep(50);
        go.countDown();
        assertThat(first.get()).map(RunVersion::lastEvent).contains(1L);
        for (int i = 0; i < 100; i++) {
            Optional<RunVersion> found = more.get(i).get();
            assertThat(found.isPresent()).as("there is an A and no B").isEqualTo(i % 2 == 0);
            found.ifPresent(version -> assertThat(version.lastEvent()).as("not of the look that was under way").isGreaterThanOrEqualTo(2));
        }
        assertThat(queries.get()).isBetween(2, 3);
    }

    @Test
    void noAnswerIsOlderThanItsQuestion() throws Exception {
        AtomicLong written = new AtomicLong();
        SharedLooks looks = new SharedLooks(ids -> ids.stream().collect(Collectors.toMap(id -> id, id -> version(id, written.get()))));
        List<Future<Boolean>> all = new ArrayList<>();
        Callable<Boolean> reader = () -> {
            boolean young = true;
            for (int i = 0; i < 2_000; i++) {
                long before = written.incrementAndGet();
                young &= looks.version(i % 2 == 0 ? A : B).orElseThrow().lastEvent() >= before;
            }
            return young;
        };
        for (int i = 0; i < 16; i++) {
            all.add(threads.submit(reader));
        }
        for (Future<Boolean> one : all) {
            assertThat(one.get()).isTrue();
        }
    }

    @Test
    void aLookThatFailsFailsForThoseWhoShareItAndTheNextIsNew() {
        AtomicInteger queries = new AtomicInteger();
        Function<Set<RunId>, Map<RunId, RunVersion>> store = ids -> {
            if (queries.incrementAndGet() == 1) {
                throw new IllegalStateException("no database");
            }
            return Map.of(A, version(A, 7));
        };
        SharedLooks looks = new SharedLooks(store);
        assertThatThrownBy(() -> looks.version(A)).isInstanceOf(IllegalStateException.class).hasMessage("no database");
        assertThat(looks.version(A)).map(RunVersion::lastEvent).contains(7L);
    }

    private static RunVersion version(RunId id, long event) {
        RunRequest request = RunRequest.now("predict b", new DatasetId("ds_" + "0".repeat(26)), Overrides.NONE);
        return new RunVersion(new Run(id, "someone", request, RunStatus.RUNNING, 1, NOW, Duration.ZERO, Optional.empty(), Optional.empty()), event);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
