package io.tunesmith.dispatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.Resources;
import io.tunesmith.dispatch.Attempt;
import io.tunesmith.dispatch.AttemptEnd;
import io.tunesmith.dispatch.Room;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hunt for slots that are lost or given twice. */
@Timeout(240)
class LocalSlotsTest extends LocalScene {
    private static final int TRIALS = 1000;
    private static final Resources ANY = new Resources(0, MEMORY, 30, 1);
    private final Random random = new Random(25);

    @Test
    void aThousandTrialsAndRandomKillsLeaveEverySlotFreeAndGiveNoneTwice() throws Exception {
        start(settings());
        AtomicBoolean over = new AtomicBoolean();
        Thread killer = Thread.ofPlatform().start(() -> killAtRandom(over));
        List<CompletableFuture<AttemptEnd>> ends = new ArrayList<>();
        for (int i = 0; i < TRIALS; i++) {
            ends.add(run("run-" + i % 3, "t" + i, act(i), random.nextInt(20), 30));
        }
        List<AttemptEnd> all = ends.stream().map(CompletableFuture::join).toList();
        over.set(true);
        killer.join();

        List<AttemptEnd.Succeeded> succeeded = all.stream().filter(AttemptEnd.Succeeded.class::isInstance).map(AttemptEnd.Succeeded.class::cast).toList();
        assertThat(succeeded.size()).isGreaterThan(TRIALS / 2);
        assertThat(mostAtOnce(succeeded)).isLessThanOrEqualTo(2);
        assertThat(store.beginning("run-")).hasSize(TRIALS).allMatch(attempt -> attempt.state().terminal()).extracting(Attempt::key).doesNotHaveDuplicates();
        await("all are forgotten", () -> backend.ours().isEmpty());
        assertThat(backend.room(ANY, 1)).as("both slots are free").isEqualTo(new Room.Free());
        assertThat(backend.room(ANY, 2)).isInstanceOf(Room.Waits.class);
        List<CompletableFuture<AttemptEnd>> two = List.of(run("run-z", "y0", "hang"), run("run-z", "y1", "hang"));
        await("both run", () -> Stream.of("y0", "y1").allMatch(work -> !backend.find(key(work)).isEmpty() && phase(work) == io.tunesmith.dispatch.AttemptView.Phase.RUNNING));
        dispatcher.cancel("run-z");
        assertThat(two).allMatch(end -> end.join() instanceof AttemptEnd.Cancelled);
    }

    private static String act(int i) {
        return i % 40 == 3 ? "kill" : i % 40 == 17 ? "three" : i % 40 == 29 ? "crash" : "finish";
    }

    private void killAtRandom(AtomicBoolean over) {
        Random draws = new Random(7);
        try {
            while (!over.get()) {
                Thread.sleep(400 + draws.nextInt(800));
                List<Long> pids = List.copyOf(ours());
                if (!pids.isEmpty()) {
                    ProcessHandle.of(pids.get(draws.nextInt(pids.size()))).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begin and end as the processes themselves saw them. */
    private static int mostAtOnce(List<AttemptEnd.Succeeded> all) {
        List<double[]> changes = all.stream().map(one -> one.result().facts()).flatMap(facts -> Stream.of(new double[] {facts.get("start"), 1}, new double[] {facts.get("end"), -1}))
                .sorted(Comparator.<double[]>comparingDouble(change -> change[0]).thenComparingDouble(change -> change[1])).toList();
        int now = 0;
        int most = 0;
        for (double[] change : changes) {
            now += (int) change[1];
            most = Math.max(most, now);
        }
        return most;
    }
}
