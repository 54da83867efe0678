package io.tunesmith.dispatch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.agent.Registration;
import io.tunesmith.dispatch.AttemptView.Cause;
import io.tunesmith.dispatch.AttemptView.Phase;
import io.tunesmith.dispatch.AttemptView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every memory of agents must do. */
public abstract class AgentStoreContract {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private final String mark = Long.toString(System.nanoTime(), 36);
    private final String id = "agent-" + mark;
    private final AttemptKey key = new AttemptKey("ts-agents-" + mark + "-t0-a1");
    private AgentStore store;

    protected abstract AgentStore store();

    @BeforeEach
    void registered() {
        store = store();
        store.register(new Registration(id, "gpu-1", "boot-one-1", 2, 1), NOON);
    }

    @Test
    void whatAnAgentSaysAtItsRegistrationIsKeptAndReplacedByTheNext() {
        assertThat(store.agent(id)).contains(new Agent(id, "gpu-1", "boot-one-1", 2, 1, NOON, false));

        store.heard(id, "boot-one-1", 1, true, NOON.plusSeconds(1));
        store.register(new Registration(id, "gpu-2", "boot-two-2", 3, 0), NOON.plusSeconds(9));

        assertThat(store.agent(id)).contains(new Agent(id, "gpu-2", "boot-two-2", 3, 0, NOON.plusSeconds(9), false));
        assertThat(store.agents()).contains(store.agent(id).orElseThrow());
        assertThat(store.agent("agent-nobody")).isEmpty();
    }

    @Test
    void onlyTheLastBootAndItsLaterWordsCount() {
        assertThat(store.heard(id, "boot-one-1", 2, false, NOON.plusSeconds(2))).isTrue();
        assertThat(store.heard(id, "boot-one-1", 2, false, NOON.plusSeconds(3))).as("the same again").isFalse();
        assertThat(store.heard(id, "boot-one-1", 1, false, NOON.plusSeconds(3))).as("an earlier one").isFalse();
        assertThat(store.agent(id).orElseThrow().heard()).isEqualTo(NOON.plusSeconds(2));

        store.register(new Registration(id, "gpu-1", "boot-two-2", 2, 1), NOON.plusSeconds(4));
        assertThat(store.heard(id, "boot-one-1", 9, false, NOON.plusSeconds(5))).as("of an earlier process").isFalse();
        assertThat(store.heard(id, "boot-two-2", 1, false, NOON.plusSeconds(5))).isTrue();
        assertThat(store.heard("agent-nobody", "boot-two-2", 1, false, NOON)).isFalse();
    }

    @Test
    void whoLeavesIsMarked() {
        store.heard(id, "boot-one-1", 1, true, NOON);
        store.heard(id, "boot-one-1", 2, false, NOON);

        assertThat(store.agent(id).orElseThrow().leaving()).isTrue();
    }

    @Test
    void theFirstGiftUnderAKeyStays() {
        AgentJob given = give();

        assertThat(store.give(new AgentJob(key, "agent-other", "b", Path.of("/elsewhere"), 0, NOON.plusSeconds(1), false, Optional.empty(), Optional.empty()))).isEqualTo(given);
        assertThat(store.job(key)).contains(given);
        assertThat(store.jobs()).contains(given);
    }

    @Test
    void whatWasNeverToldMayBeEndedAndIsThenNotTold() {
        give();

        assertThat(store.endUndelivered(key, view(Phase.ENDED, Cause.CANCELLED))).isTrue();
        assertThat(store.deliver(key)).isFalse();
        assertThat(store.job(key).orElseThrow().view()).contains(view(Phase.ENDED, Cause.CANCELLED));
    }

    @Test
    void whatWasToldIsNotEndedFromHere() {
        give();

        assertThat(store.deliver(key)).isTrue();
        assertThat(store.deliver(key)).as("again").isTrue();
        assertThat(store.endUndelivered(key, view(Phase.ENDED, Cause.CANCELLED))).isFalse();
        assertThat(store.job(key).orElseThrow().ended()).isFalse();
    }

    @Test
    void anEndIsNeverTakenBack() {
        give();
        store.seen(key, view(Phase.RUNNING, null));
        assertThat(store.job(key).orElseThrow().view()).contains(view(Phase.RUNNING, null));
        store.seen(key, view(Phase.ENDED, Cause.OK));
        store.seen(key, view(Phase.RUNNING, null));
        store.seen(key, view(Phase.ENDED, Cause.NODE_LOST));

        assertThat(store.job(key).orElseThrow().view()).contains(view(Phase.ENDED, Cause.OK));
    }

    @Test
    void theFirstGraceStays() {
        give();
        store.stop(key, Duration.ofSeconds(20));
        store.stop(key, Duration.ofSeconds(1));

        assertThat(store.job(key).orElseThrow().stop()).contains(Duration.ofSeconds(20));
    }

    @Test
    void whatIsForgottenIsGoneAndUnknownKeysAreFine() {
        give();
        store.forget(key);
        store.forget(key);

        assertThat(store.job(key)).isEmpty();
        assertThat(store.deliver(key)).isFalse();
        assertThat(store.endUndelivered(key, view(Phase.ENDED, Cause.OK))).isFalse();
        store.seen(key, view(Phase.RUNNING, null));
        store.stop(key, Duration.ZERO);
        assertThat(store.job(key)).isEmpty();
    }

    @Test
    void longSilentAgentsWithoutAttemptsAreDropped() {
        String idle = "agent-idle-" + mark;
        store.register(new Registration(idle, "idle", "boot-one-1", 1, 0), NOON);
        give();
        store.prune(NOON.minusSeconds(1));
        assertThat(store.agent(idle)).isPresent();
        store.prune(NOON.plusSeconds(1));

        assertThat(store.agent(idle)).isEmpty();
        assertThat(store.agent(id)).isPresent();
    }

    @Test
    void ofCancellingAndTellingAtOnceOneWins() throws Exception {
        for (int round = 0; round < 20; round++) {
            AttemptKey one = new AttemptKey(key + "-" + round);
            store.give(new AgentJob(one, id, "a", Path.of("/folder"), 0, NOON, false, Optional.empty(), Optional.empty()));
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<Callable<Boolean>> both = List.of(() -> store.deliver(one), () -> store.endUndelivered(one, view(Phase.ENDED, Cause.CANCELLED)));
                List<Boolean> won = threads.invokeAll(both).stream().map(AgentStoreContract::got).toList();
                assertThat(won).as("round " + round).containsExactlyInAnyOrder(true, false);
            }
        }
    }

    private static boolean got(Future<Boolean> future) {
        try {
            return future.get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private AgentJob give() {
        return store.give(new AgentJob(key, id, "run-a", Path.of("/data/attempts/x"), 1, NOON, false, Optional.empty(), Optional.empty()));
    }

    private static AttemptView view(Phase phase, Cause cause) {
        return new AttemptView(phase, Optional.ofNullable(cause), phase == Phase.ENDED ? OptionalInt.of(3) : OptionalInt.empty(), OptionalInt.empty(), 0, "gpu-1", Optional.of(NOON), Optional.empty(), "wörds");
    }
}
