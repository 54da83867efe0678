package io.tunesmith.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Ids;
import io.tunesmith.core.RunId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many who read one log: each gets every event once and in order, whenever it comes and however slow it is, and the store is asked once for all. */
class TailTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private final Random random = new Random(1);
    private final Ids ids = new Ids(Clock.systemUTC(), random::nextLong);
    private final RunId run = ids.run();
    private final AtomicInteger queries = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final RunStore store = counted(new InMemoryStores(ids));
    private final EventLog log = new EventLog(store, Clock.systemUTC(), ids);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyFollowerGetsEveryEventOnceInOrder(long seed) throws Exception {
        Random draws = new Random(seed);
        int events = 1500;
        append(draws.nextInt(300), 10);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> readers = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                readers.add(threads.submit(reader(draws.nextInt(5) == 0 ? 0 : draws.nextInt(300), events, draws.nextInt(200), i % 3 == 0 ? draws.nextInt(4) : 0)));
            }
            while (store.lastEvent(run) < events) {
                append(1, draws.nextInt(50) == 0 ? 300_000 : 2_000);
                if (draws.nextInt(30) == 0) {
                    Thread.sleep(draws.nextInt(4));
                }
            }
            for (Future<Boolean> reader : readers) {
                assertThat(reader.get(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private Callable<Boolean> reader(long after, long upTo, int beginMillis, int restMillis) {
        return () -> {
            Thread.sleep(beginMillis);
            List<Long> seen = new ArrayList<>();
            try (Follower follower = log.follow(run, after)) {
                while (seen.isEmpty() || seen.getLast() < upTo) {
                    List<RunEvent> next = follower.next(Duration.ofSeconds(20));
                    assertThat(next).as("after %s", seen.isEmpty() ? after : seen.getLast()).isNotEmpty();
                    next.forEach(event -> seen.add(event.seq()));
                    Thread.sleep(restMillis);
                }
            }
            assertThat(seen).startsWith(after + 1).isEqualTo(LongStream.rangeClosed(after + 1, seen.getLast()).boxed().toList());
            return true;
        };
    }

    @Test
    void fiveHundredFollowersCostOneQueryASecond() throws Exception {
        append(3, 10);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<RunEvent>>> waiting = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                waiting.add(threads.submit(() -> log.await(run, 3, Duration.ofSeconds(3))));
            }
            for (Future<List<RunEvent>> one : waiting) {
                assertThat(one.get(10, TimeUnit.SECONDS)).isEmpty();
            }
        }
        assertThat(queries.get()).isBetween(3, 7);
    }

    @Test
    void whoIsInTheRingCostsNothingAndWhoIsBehindReadsTheStore() throws Exception {
        append(1, 10);
        try (Follower first = log.follow(run, 0)) {
            assertThat(first.next(Duration.ofSeconds(5))).hasSize(1);
            append(2_499, 10);
            List<Long> read = new ArrayList<>(List.of(1L));
            while (read.size() < 2_500) {
                first.next(Duration.ofSeconds(5)).forEach(event -> read.add(event.seq()));
            }
            assertThat(read).isEqualTo(LongStream.rangeClosed(1, 2_500).boxed().toList());
            int before = queries.get();
            assertThat(log.await(run, 2_500 - 40, Duration.ZERO)).hasSize(40);
            assertThat(queries.get() - before).as("queries of one in the ring").isLessThanOrEqualTo(1);
            assertThat(log.await(run, 0, Duration.ZERO)).hasSize(Tail.FEW);
        }
    }

    @Test
    void hundredsWhoComeLateReadTheStoreOnceForAll() throws Exception {
        append(1_200, 10);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> readers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                readers.add(threads.submit(reader(0, 1_200, 0, 0)));
            }
            for (Future<Boolean> one : readers) {
                assertThat(one.get(20, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(queries.get()).isLessThan(25);
    }

    @Test
    void largeEventsMakeTheRingShorter() throws Exception {
        append(1, 10);
        try (Follower first = log.follow(run, 0)) {
            assertThat(first.next(Duration.ofSeconds(5))).hasSize(1);
            append(39, 100_000);
            while (first.next(Duration.ofMillis(300)).stream().noneMatch(event -> event.seq() == 40)) {
                assertThat(store.lastEvent(run)).isEqualTo(40);
            }
            Thread.sleep(1100);
            int before = queries.get();
            assertThat(log.await(run, 20, Duration.ZERO)).hasSize(20);
            assertThat(queries.get()).as("20 events of 100 kB are more than is kept").isGreaterThan(before);
        }
    }

    @Test
    void whatAnotherServiceWroteArrivesWithinASecondOrSo() {
        try (Follower follower = log.follow(run, 0)) {
            follower.next(Duration.ofMillis(50));
            store.append(run, ids.next("evt_"), NOW, "log", Map.of("text", "from elsewhere"));
            assertThat(follower.next(Duration.ofMillis(1500))).extracting(RunEvent::seq).containsExactly(1L);
        }
    }

    @Test
    void afterTheLastFollowerTheReaderEnds() throws Exception {
        Tails tails = new Tails(store);
        Follower follower = new Follower(tails.join(run), 0);
        follower.next(Duration.ofMillis(50));
        assertThat(tails.open()).isOne();
        follower.close();
        follower.close();
        for (int i = 0; i < 100 && tails.open() > 0; i++) {
            Thread.sleep(100);
        }
        assertThat(tails.open()).isZero();
        int before = queries.get();
        Thread.sleep(1500);
        assertThat(queries.get()).isEqualTo(before);
        try (Follower again = new Follower(tails.join(run), 0)) {
            append(1, 10);
            assertThat(again.next(Duration.ofSeconds(3))).hasSize(1);
        }
    }

    @Test
    void anOutageOfTheStoreIsWaitedThrough() {
        try (Follower follower = log.follow(run, 0)) {
            follower.next(Duration.ofMillis(50));
            failures.set(2);
            append(2, 10);
            List<RunEvent> next = new ArrayList<>(follower.next(Duration.ofSeconds(5)));
            while (next.size() < 2) {
                next.addAll(follower.next(Duration.ofSeconds(5)));
            }
            assertThat(next).extracting(RunEvent::seq).containsExactly(1L, 2L);
        }
    }

    @Test
    void aPlaceBeyondTheEndWaitsForIt() {
        append(1, 10);
        try (Follower beyond = log.follow(run, 1_000_000_000_000L); Follower honest = log.follow(run, 1)) {
            assertThat(beyond.next(Duration.ofMillis(100))).isEmpty();
            append(1, 10);
            assertThat(honest.next(Duration.ofSeconds(3))).extracting(RunEvent::seq).containsExactly(2L);
            assertThat(beyond.next(Duration.ofMillis(100))).isEmpty();
        }
    }

    private void append(int count, int characters) {
        for (int i = 0; i < count; i++) {
            log.append(run, "log", "x".repeat(characters));
        }
    }

    private RunStore counted(RunStore real) {
        return (RunStore) Proxy.newProxyInstance(RunStore.class.getClassLoader(), new Class<?>[] {RunStore.class}, (_, method, arguments) -> {
            if (method.getName().equals("events")) {
                queries.incrementAndGet();
                if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new Failure.Transient(FailureCode.STORE_UNAVAILABLE, "away", Duration.ofSeconds(1)).asException();
                }
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
