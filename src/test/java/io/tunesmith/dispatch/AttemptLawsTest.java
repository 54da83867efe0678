package io.tunesmith.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.bench.simulation.InMemoryAttempts;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.WorkerEvent;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of the states of an attempt and of what its end means. */
class AttemptLawsTest {
    private static final AttemptKey KEY = new AttemptKey("ts-laws-t0-a1");

    /** Something that may happen to an attempt, in any order. */
    private interface Happening {
        void happen(AttemptStore store);
    }

    @Property
    void noLegalMoveLeavesATerminalState(@ForAll Attempt.State from, @ForAll Attempt.State to) {
        if (from.terminal()) {
            assertThat(from.leadsTo(to)).isFalse();
        }
    }

    @Property
    void everyOpenStateMayEndInEveryWay(@ForAll Attempt.State from, @ForAll("ends") AttemptEnd end) {
        assertThat(from.leadsTo(Attempt.State.after(end))).isEqualTo(!from.terminal());
        assertThat(Attempt.State.after(end).terminal()).isTrue();
    }

    @Property(tries = 500)
    void whateverHappensOnlyLegalMovesAreMadeAndOneEndStays(@ForAll("happenings") List<Happening> happenings) {
        InMemoryAttempts store = new InMemoryAttempts();
        store.intend(KEY, 1, "run", "local", "hash", Instant.EPOCH);
        Attempt before = store.find(KEY).orElseThrow();
        for (Happening happening : happenings) {
            happening.happen(store);
            Attempt after = store.find(KEY).orElseThrow();
            assertThat(after.state() == before.state() || before.state().leadsTo(after.state())).as("%s → %s", before.state(), after.state()).isTrue();
            assertThat(after.state().terminal()).isEqualTo(after.end().isPresent());
            assertThat(after.incarnation()).isGreaterThanOrEqualTo(before.incarnation());
            if (before.end().isPresent()) {
                assertThat(after).isEqualTo(before);
            }
            before = after;
        }
    }

    @Property
    void anEndIsRetriedExactlyIfItSaysNothingAboutTheWork(@ForAll("ends") AttemptEnd end) {
        assertThat(Ending.of(end) instanceof Ending.Retry).isEqualTo(end instanceof AttemptEnd.Lost);
        assertThat(Attempt.State.after(end) == Attempt.State.FENCED).isEqualTo(end instanceof AttemptEnd.Lost);
    }

    @Provide
    Arbitrary<AttemptEnd> ends() {
        Arbitrary<AttemptEnd> failed = Arbitraries.of(FailureCause.class).map(cause -> new AttemptEnd.Failed(cause, "why", OptionalInt.of(1)));
        Arbitrary<AttemptEnd> lost = Arbitraries.of(AttemptView.Cause.class).map(cause -> new AttemptEnd.Lost(cause, "why"));
        Arbitrary<AttemptEnd> succeeded = Arbitraries.of(true, false).map(pruned -> new AttemptEnd.Succeeded(Workers.result(.5, pruned)));
        return Arbitraries.oneOf(failed, lost, succeeded, Arbitraries.of(new AttemptEnd.Cancelled(), new AttemptEnd.TimedOut(3)));
    }

    @Provide
    Arbitrary<List<Happening>> happenings() {
        Arbitrary<Happening> claims = Arbitraries.integers().between(0, 2).map(i -> store -> store.claim(KEY, new Claim(1, "nonce " + i, "node", 1, i), Instant.EPOCH));
        Arbitrary<Happening> reports = Arbitraries.integers().between(0, 3).map(i -> store -> store.heard(KEY, 1, i, List.of(new WorkerEvent.Started(1, 0)), Instant.EPOCH));
        Arbitrary<Happening> concludes = ends().map(end -> store -> store.conclude(KEY, 1, 0, end, Instant.EPOCH));
        Arbitrary<Happening> late = Arbitraries.integers().between(1, 3).map(i -> store -> store.conclude(KEY, 1, i, new AttemptEnd.Cancelled(), Instant.EPOCH));
        Arbitrary<Happening> others = Arbitraries.of(store -> store.submitted(KEY, "7", Instant.EPOCH), store -> store.suspect(KEY, Instant.EPOCH), store -> store.intend(KEY, 2, "x", "local", "y", Instant.EPOCH));
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(4, claims), net.jqwik.api.Tuple.of(4, reports), net.jqwik.api.Tuple.of(1, concludes), net.jqwik.api.Tuple.of(1, late),
                net.jqwik.api.Tuple.of(3, others)).list().ofMaxSize(20);
    }
}
