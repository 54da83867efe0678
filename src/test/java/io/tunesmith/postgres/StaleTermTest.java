package io.tunesmith.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Ids;
import io.tunesmith.core.RunId;
import io.tunesmith.dispatch.Attempt;
import io.tunesmith.dispatch.AttemptEnd;
import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.run.Extra;
import io.tunesmith.run.OpeningStore;
import io.tunesmith.run.Question;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunRequest;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunStep;
import io.tunesmith.run.RunStore;
import io.tunesmith.run.TrialStore;
import io.tunesmith.search.Proposal;
import io.tunesmith.space.Assignment;
import io.tunesmith.study.Trial;
import io.tunesmith.study.TrialState;
import io.tunesmith.task.Overrides;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A leader whose term is over, on a real PostgreSQL; in a service of its own, since a lead that was lost does not come back. */
@QuarkusTest
@TestProfile(StaleTermTest.Profile.class)
class StaleTermTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private final RunStore runs;
    private final TrialStore trials;
    private final AttemptStore attempts;
    private final OpeningStore openings;
    private final PostgresLeader leader;
    private final DataSource database;
    private final Ids ids;

    StaleTermTest(RunStore runs, TrialStore trials, AttemptStore attempts, OpeningStore openings, PostgresLeader leader, DataSource database, Ids ids) {
        this.runs = runs;
        this.trials = trials;
        this.attempts = attempts;
        this.openings = openings;
        this.leader = leader;
        this.database = database;
        this.ids = ids;
    }

    @Test
    void aLeaderWhoseTermIsOverWritesNothingAndStillAcceptsAndCancelsRuns() throws Exception {
        RunId id = created();
        AttemptKey key = AttemptKey.of(id, "t0", 1);
        Attempt attempt = attempts.intend(key, 1, "run", "local", "hash", NOW);
        trials.propose(id, trial(0, new TrialState.Proposed()), NOW);
        assertThat(leader.leads()).isTrue();
        overtake();
        refused(() -> runs.move(id, RunStatus.RUNNING));
        assertThat(leader.leads()).isFalse();
        refused(() -> runs.end(id, RunStatus.SUCCEEDED, Optional.empty(), NOW, "run.finished", Map.of("text", "ended")));
        refused(() -> runs.append(id, "draw", NOW, "log", Map.of()));
        refused(() -> runs.keep(id, RunStep.PLAN, new Assignment(Map.of("a", 1L))));
        refused(() -> runs.ask(id, new Question("target", "Which?", List.of(), Optional.empty()), NOW, Map.of()));
        refused(() -> runs.keepUnlessExtended(id, RunStep.SEARCH, new Assignment(Map.of()), Extra.NONE));
        refused(() -> runs.worked(id, Duration.ofHours(1)));
        refused(() -> trials.propose(id, trial(1, new TrialState.Proposed()), NOW));
        refused(() -> trials.update(id, trial(0, new TrialState.Cancelled()), NOW));
        refused(() -> openings.open(id, "data", "rule", List.of(), NOW));
        refused(() -> attempts.intend(AttemptKey.of(id, "t1", 1), 1, "run", "local", "hash", NOW));
        refused(() -> attempts.submitted(key, "1", NOW));
        refused(() -> attempts.claim(key, new Claim(1, "a", "n", 1, 0), NOW));
        refused(() -> attempts.heard(key, 1, 1, List.of(), NOW));
        refused(() -> attempts.conclude(key, 1, 0, new AttemptEnd.Cancelled(), NOW));
        refused(() -> attempts.suspect(key, NOW));
        unchanged(id, key, attempt);
        RunId accepted = created();
        assertThat(runs.cancel(accepted, NOW, "run.status", Map.of())).isTrue();
        assertThat(runs.events(accepted, 0, 10)).hasSize(2);
        RunId asked = created();
        assertThat(runs.change(asked, Set.of(RunStatus.QUEUED), RunStatus.PAUSED, "pause", NOW, "run.status", Map.of())).isTrue();
        assertThat(runs.extend(asked, Extra.NONE, new Extra(1, 0), "more", NOW, Map.of())).isTrue();
    }

    @Test
    void aSessionThatStopsInsideATransactionIsEndedBeforeALeaseIs() throws Exception {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("select 1 from leader for key share");
            Thread.sleep(6_000);
            assertThatThrownBy(() -> connection.createStatement().execute("select 1")).isInstanceOf(SQLException.class);
        }
    }

    private void unchanged(RunId id, AttemptKey key, Attempt attempt) {
        assertThat(runs.find(id).orElseThrow().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(runs.find(id).orElseThrow().worked()).isZero();
        assertThat(runs.events(id, 0, 10)).hasSize(1);
        assertThat(runs.kept(id, RunStep.PLAN, Assignment.class)).isEmpty();
        assertThat(trials.all(id)).containsExactly(trial(0, new TrialState.Proposed()));
        assertThat(openings.of(id)).isEmpty();
        assertThat(attempts.find(key)).contains(attempt);
        assertThat(attempts.find(AttemptKey.of(id, "t1", 1))).isEmpty();
    }

    private void overtake() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute("update leader set term = term + 1, url = 'http://other', until = clock_timestamp() + interval '1 hour'");
        }
    }

    private static void refused(ThrowingCallable write) {
        assertThatThrownBy(write).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.NOT_LEADER));
    }

    private RunId created() {
        RunRequest request = RunRequest.now("predict", ids.dataset(), new Overrides(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        Run run = new Run(ids.run(), "", request, RunStatus.QUEUED, 1, NOW, Duration.ZERO, Optional.empty(), Optional.empty());
        runs.create(run, "run.created", Map.of());
        runs.create(run, "run.created", Map.of());
        return run.id();
    }

    private static Trial trial(int number, TrialState state) {
        return new Trial(number, new Proposal(new Assignment(Map.of()), "random", "first", Optional.empty()), state, new TreeMap<>());
    }

    /** The same service, started for this test alone. */
    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return new ServiceTestProfile().getEnabledAlternatives();
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return new ServiceTestProfile().testResources();
        }
    }
}
