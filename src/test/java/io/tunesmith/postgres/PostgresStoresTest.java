package io.tunesmith.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Ids;
import io.tunesmith.core.RunId;
import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.ColumnType;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.data.Profile;
import io.tunesmith.judge.Opening;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Extra;
import io.tunesmith.run.Question;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.RunQuery;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Every store but the attempts' on a real PostgreSQL. */
@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class PostgresStoresTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private final RunStore runs;
    private final TrialStore trials;
    private final PostgresDatasets datasets;
    private final PostgresOpenings openings;
    private final Ids ids;

    PostgresStoresTest(RunStore runs, TrialStore trials, PostgresDatasets datasets, PostgresOpenings openings, Ids ids) {
        this.runs = runs;
        this.trials = trials;
        this.datasets = datasets;
        this.openings = openings;
        this.ids = ids;
    }

    @Test
    void aRunComesBackAsItWas() {
        Run run = created();
        assertThat(runs.find(run.id())).contains(run);
        assertThat(runs.find(ids.run())).isEmpty();
        assertThat(runs.list(RunQuery.newest(1), Caller.OPERATOR)).hasSize(1);
        assertThat(runs.open()).contains(run);
    }

    @Test
    void whatPostgresCannotKeepIsReplacedAndNothingElse() {
        RunId id = created().id();
        runs.append(id, "odd", NOW, "note", Map.of("text", "a\u0000\u0001\\u0000 \u00e4 \u20ac \ud83d\ude00", "k\u0000", 1L));
        assertThat(runs.events(id, 0, 10).getLast().data()).containsEntry("text", "a\ufffd\u0001\\u0000 \u00e4 \u20ac \ud83d\ude00").containsEntry("k\ufffd", 1L);
        assertThat(runs.list(new RunQuery(Set.of(), Optional.of("\u0000"), Optional.empty(), 5), Caller.OPERATOR)).allMatch(run -> run.request().text().contains("\ufffd"));
    }

    @Test
    void aRunEndsOnceAndNeverMovesAgain() {
        RunId id = created().id();
        Failure failure = Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, "data", "one row");
        assertThat(runs.move(id, RunStatus.RUNNING)).isTrue();
        assertThat(runs.end(id, RunStatus.FAILED, Optional.of(failure), NOW, "run.finished", Map.of("text", "ended"))).isTrue();
        assertThat(runs.end(id, RunStatus.SUCCEEDED, Optional.empty(), NOW, "run.finished", Map.of("text", "ended"))).isFalse();
        assertThat(runs.move(id, RunStatus.RUNNING)).isFalse();
        Run ended = runs.find(id).orElseThrow();
        assertThat(ended.status()).isEqualTo(RunStatus.FAILED);
        assertThat(ended.failure()).contains(failure);
        assertThat(ended.ended()).contains(NOW);
        assertThat(runs.open()).doesNotContain(ended);
    }

    @Test
    void ofManyEndsAtOnceOneWins() throws Exception {
        RunId id = created().id();
        List<Boolean> won = atOnce(8, () -> runs.end(id, RunStatus.SUCCEEDED, Optional.empty(), NOW, "run.finished", Map.of("text", "ended")));
        assertThat(won).containsOnlyOnce(true);
    }

    @Test
    void eventsAreNumberedWithoutGapsHoweverManyWriteAtOnce() throws Exception {
        RunId id = created().id();
        atOnce(40, () -> runs.append(id, ids.next("evt_"), NOW, "log", Map.of("text", "x", "n", 3L, "score", 1e10, "list", List.of(1L, "a"))));
        List<RunEvent> events = runs.events(id, 0, 1000);
        assertThat(events).extracting(RunEvent::seq).containsExactlyElementsOf(LongStream.rangeClosed(1, 41).boxed().toList());
        assertThat(events.getLast().data()).containsEntry("n", 3L).containsEntry("score", 1e10).containsEntry("list", List.of(1L, "a"));
        assertThat(runs.events(id, 38, 1)).extracting(RunEvent::seq).containsExactly(39L);
        assertThatThrownBy(() -> runs.append(ids.run(), "draw", NOW, "log", Map.of())).isInstanceOf(FailureException.class);
    }

    @Test
    void theFirstOutputOfAStepStays() {
        RunId id = created().id();
        runs.keep(id, RunStep.PLAN, new Assignment(Map.of("a", 1L)));
        runs.keep(id, RunStep.PLAN, new Assignment(Map.of("a", 2L)));
        assertThat(runs.kept(id, RunStep.PLAN, Assignment.class)).contains(new Assignment(Map.of("a", 1L)));
        assertThat(runs.kept(id, RunStep.READ, Assignment.class)).isEmpty();
    }

    @Test
    void aQuestionIsAskedAndAnsweredOnce() throws Exception {
        RunId id = created().id();
        Question question = new Question("target", "Which?", List.of("a", "b"), Optional.of("a"));
        assertThat(runs.answer(id, "target", "a", RunStatus.QUEUED, NOW, Map.of("text", "x"))).as("nothing is asked yet").isFalse();
        assertThat(runs.ask(id, question, NOW, Map.of("text", "Which?"))).isTrue();
        assertThat(runs.ask(id, question, NOW, Map.of("text", "Which?"))).as("it waits").isFalse();
        assertThat(runs.find(id).orElseThrow().status()).isEqualTo(RunStatus.WAITING_INPUT);
        assertThat(runs.move(id, RunStatus.RUNNING)).as("nobody walks on without an answer").isFalse();
        assertThat(runs.questions(id)).containsExactly(new RunStore.Asked(question, Optional.empty()));
        assertThat(runs.answer(id, "metric", "a", RunStatus.QUEUED, NOW, Map.of("text", "x"))).isFalse();
        assertThat(runs.find(id).orElseThrow().status()).isEqualTo(RunStatus.WAITING_INPUT);
        assertThat(atOnce(6, () -> runs.answer(id, "target", "b", RunStatus.QUEUED, NOW, Map.of("text", "b")))).containsOnlyOnce(true);
        assertThat(runs.questions(id)).containsExactly(new RunStore.Asked(question, Optional.of("b")));
        assertThat(runs.find(id).orElseThrow().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(runs.events(id, 1, 10)).extracting(RunEvent::type).containsExactly("question.asked", "question.answered");
    }

    @Test
    void aStatusChangesOnlyFromWhereItMay() throws Exception {
        RunId id = created().id();
        assertThat(runs.change(id, Set.of(RunStatus.PAUSED), RunStatus.QUEUED, ids.next("evt_"), NOW, "run.status", Map.of("text", "x"))).isFalse();
        assertThat(atOnce(6, () -> runs.change(id, Set.of(RunStatus.QUEUED), RunStatus.PAUSED, ids.next("evt_"), NOW, "run.status", Map.of("text", "paused")))).containsOnlyOnce(true);
        assertThat(runs.move(id, RunStatus.PLANNING)).isFalse();
        assertThat(runs.ask(id, new Question("target", "Which?", List.of(), Optional.empty()), NOW, Map.of("text", "x"))).isFalse();
        assertThat(runs.questions(id)).isEmpty();
        assertThat(runs.events(id, 1, 10)).hasSize(1);
        assertThat(runs.cancel(id, NOW, "run.status", Map.of("text", "cancelling"))).isTrue();
        assertThat(runs.move(id, RunStatus.RUNNING)).as("who is to be cancelled does not go on").isFalse();
    }

    @Test
    void whatIsAddedIsSeenBeforeTheSearchIsOver() throws Exception {
        RunId id = created().id();
        Extra more = new Extra(10, 60.5);
        assertThat(atOnce(6, () -> runs.extend(id, Extra.NONE, more, ids.next("evt_"), NOW, Map.of("text", "more")))).containsOnlyOnce(true);
        assertThat(runs.find(id).orElseThrow().extra()).isEqualTo(more);
        assertThat(runs.keepUnlessExtended(id, RunStep.SEARCH, new Assignment(Map.of()), Extra.NONE)).isFalse();
        assertThat(runs.kept(id, RunStep.SEARCH, Assignment.class)).isEmpty();
        assertThat(runs.keepUnlessExtended(id, RunStep.SEARCH, new Assignment(Map.of()), more)).isTrue();
        assertThat(runs.extend(id, more, new Extra(11, 60.5), ids.next("evt_"), NOW, Map.of("text", "more"))).as("the search is over").isFalse();
        assertThat(runs.find(id).orElseThrow().extra()).isEqualTo(more);
        assertThat(runs.events(id, 1, 10)).extracting(RunEvent::type).containsExactly("budget.updated");
    }

    @Test
    void theSameBytesOfAnOwnerUnderANameAreOneDataSetWithOneProfile() throws Exception {
        DatasetRef first = datasets.add("ann", "same.csv", upload("a,b\n7,8\n"));
        assertThat(datasets.add("ann", "same.csv", upload("a,b\n7,8\n"))).isEqualTo(first);
        assertThat(datasets.add("bob", "same.csv", upload("a,b\n7,8\n")).id()).isNotEqualTo(first.id());
        assertThat(datasets.add("ann", "other.csv", upload("a,b\n7,8\n")).id()).isNotEqualTo(first.id());
        assertThat(datasets.add("ann", "same.csv", upload("a,b\n7,9\n")).id()).isNotEqualTo(first.id());
        Files.delete(datasets.file(first.id()));
        datasets.add("ann", "same.csv", upload("a,b\n7,8\n"));
        assertThat(datasets.file(first.id())).as("a file that was lost is there again").hasContent("a,b\n7,8\n");
        Profile profile = new Profile(1, 0, Optional.of(","), "utf-8", List.of(new ColumnProfile("a", ColumnType.NUMERIC, 0, 1, true, Optional.of(new ColumnProfile.Numbers(7, 7, 7, 0)), List.of(), Optional.empty())), List.of("one row"));
        assertThat(datasets.profile(first.id())).isEmpty();
        datasets.keepProfile(first.id(), profile);
        datasets.keepProfile(first.id(), new Profile(2, 0, Optional.empty(), "utf-8", List.of(), List.of()));
        assertThat(datasets.profile(first.id())).contains(profile);
    }

    @Test
    void runsThatLookAtTheSameDataAtOnceKeepOneProfile() throws Exception {
        DatasetRef data = datasets.add("ann", "at-once.csv", upload("a,b\n3,4\n"));
        Profile profile = new Profile(1, 0, Optional.of(","), "utf-8", List.of(), List.of());
        assertThat(atOnce(16, () -> {
            datasets.keepProfile(data.id(), profile);
            return datasets.profile(data.id());
        })).containsOnly(Optional.of(profile));
    }

    private static Path upload(String text) throws IOException {
        return Files.writeString(Files.createTempFile("upload", ".tmp"), text);
    }

    @Test
    void aTrialThatHasEndedNeverChanges() {
        RunId id = created().id();
        trials.propose(id, trial(0, new TrialState.Proposed()), NOW);
        trials.propose(id, trial(0, new TrialState.Running()), NOW);
        assertThat(trials.all(id)).containsExactly(trial(0, new TrialState.Proposed()));
        assertThat(trials.update(id, trial(0, new TrialState.Succeeded(0.75, Map.of("rounds", 10.0))), NOW.plusSeconds(5))).isTrue();
        assertThat(trials.update(id, trial(0, new TrialState.Cancelled()), NOW.plusSeconds(6))).isFalse();
        assertThat(trials.timed(id)).containsExactly(new TrialStore.TimedTrial(trial(0, new TrialState.Succeeded(0.75, Map.of("rounds", 10.0))), NOW, NOW.plusSeconds(5)));
    }

    @Test
    void dataAreTakenOverUnderANewIdWithTheirDigest() throws Exception {
        Path upload = Files.writeString(Files.createTempFile("upload", ".tmp"), "a,b\n1,2\n");
        DatasetRef dataset = datasets.add("", "my data.CSV", upload);
        assertThat(upload).doesNotExist();
        assertThat(datasets.file(dataset.id())).hasContent("a,b\n1,2\n");
        assertThat(datasets.find(dataset.id())).contains(dataset);
        assertThatThrownBy(() -> datasets.add("", "x.exe", upload)).isInstanceOf(FailureException.class).hasMessageContaining("x.exe");
        Path empty = Files.createTempFile("upload", ".tmp");
        assertThatThrownBy(() -> datasets.add("", "x.csv", empty)).isInstanceOf(FailureException.class).hasMessageContaining("empty");
    }

    @Test
    void aSealedTestIsOpenedOnceARunAndCountedOverRuns() throws Exception {
        List<Opening.Frozen> frozen = List.of(new Opening.Frozen("final", "a".repeat(64)), new Opening.Frozen("default", "b".repeat(64)));
        String data = ids.next("data_");
        RunId first = created().id();
        Opening opened = openings.open(first, data, "rule", frozen, NOW);
        assertThat(opened.number()).isEqualTo(1);
        assertThat(openings.open(first, data, "rule", frozen, NOW.plusSeconds(9))).isEqualTo(opened);
        assertThatThrownBy(() -> openings.open(first, data, "rule", frozen.subList(0, 1), NOW)).isInstanceOfSatisfying(FailureException.class,
                e -> assertThat(e.failure().code()).isEqualTo(FailureCode.REFUSED));
        List<Integer> numbers = atOnce(6, () -> openings.open(created().id(), data, "rule", frozen, NOW).number());
        assertThat(numbers).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7);
        assertThat(openings.of(first)).contains(opened);
    }

    private Run created() {
        RunRequest request = RunRequest.now("predict \"x\" \u0001 ü", ids.dataset(), new Overrides(Optional.of("x"), Optional.empty(), Optional.of(3L), Optional.of(1.5), Optional.empty(), Set.of("target")));
        Run run = new Run(ids.run(), "", request, RunStatus.QUEUED, Long.MIN_VALUE, NOW, Duration.ZERO, Optional.empty(), Optional.empty());
        runs.create(run, "run.created", Map.of("text", "accepted"));
        return run;
    }

    private static Trial trial(int number, TrialState state) {
        Proposal proposal = new Proposal(new Assignment(Map.of("depth", 6L, "rate", 1e8, "on", true)), "random", "first", Optional.of(new Proposal.Prediction(0.5, 0.1)));
        return new Trial(number, proposal, state, new TreeMap<>(Map.of(1L, 0.5, 10L, 0.625)));
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                futures.add(threads.submit(work));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
