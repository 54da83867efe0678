package io.tunesmith.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tunesmith.data.DatasetRef;
import io.tunesmith.data.Profile;
import io.tunesmith.study.Trial;
import io.tunesmith.study.TrialState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are asked about, paused, given more and gone on from, with real training processes. */
class RunChangesIT {
    private static final String ACCURACY = "Predict the species. Use accuracy.";

    @TempDir
    Path folder;

    private WorkerBench bench;
    private Runs runs;

    @BeforeEach
    void start() throws IOException {
        bench = new WorkerBench(folder);
        runs = bench.runs;
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void whatIsAnsweredIsTrained() {
        Run run = bench.started("Predict species by accuracy or log loss, I cannot decide.", Start.HOLD, 6, 5);
        asked(run, "metric");
        int before = bench.attempts(run);
        runs.answer(run.id(), "metric", "1");
        asked(run, Question.START);
        assertThat(bench.attempts(run)).as("nothing is spent on questions but one look at the data").isEqualTo(before).isEqualTo(1);
        runs.answer(run.id(), Question.START, "yes");
        succeeded(run);
        assertThat(runs.plan(run.id()).orElseThrow().metric().wire()).isEqualTo("accuracy");
    }

    @Test
    void aPausedRunHasTheTrialsOfOneThatWasNot() {
        Run unbroken = bench.started(ACCURACY, Start.NOW, 10, 3);
        succeeded(unbroken);
        Run run = bench.started(ACCURACY, Start.NOW, 10, 3);
        for (int ended : new int[] {2, 6}) {
            bench.awaited(run, _ -> ended(run) >= ended);
            runs.pause(run.id());
            assertThat(bench.awaited(run, now -> now.status() == RunStatus.PAUSED).status()).as("%s", bench.texts(run)).isEqualTo(RunStatus.PAUSED);
            assertThat(bench.trials(run)).as("none is under way").allMatch(trial -> trial.state().terminal()).hasSizeLessThan(10);
            assertThat(runs.audit(run.id()).violations()).isEmpty();
            runs.resume(run.id());
        }
        Run resumed = succeeded(run);
        assertThat(bench.trials(resumed)).extracting(Trial::proposal, Trial::curve, Trial::score, trial -> TrialText.state(trial.state()))
                .isEqualTo(bench.trials(unbroken).stream().map(trial -> tuple(trial.proposal(), trial.curve(), trial.score(), TrialText.state(trial.state()))).toList());
    }

    @Test
    void whatIsAddedInTheSearchIsSearched() {
        Run run = bench.started(ACCURACY, Start.NOW, 4, 3);
        bench.awaited(run, _ -> ended(run) >= 1);
        runs.extend(run.id(), new More(Optional.of(3L), Optional.empty()));
        succeeded(run);
        assertThat(bench.trials(run)).hasSize(7);
        assertThat(runs.budget(run.id()).orElseThrow().trials()).contains(7L);
    }

    @Test
    void aRunGoesOnFromOneThatHasEnded() {
        Run parent = bench.started(ACCURACY, Start.NOW, 8, 3);
        succeeded(parent);
        Run child = runs.extend(parent.id(), new More(Optional.of(5L), Optional.of(240.0)));
        Run again = runs.extend(parent.id(), new More(Optional.of(5L), Optional.of(240.0)));
        succeeded(child);
        succeeded(again);
        List<Trial> trials = bench.trials(child);
        assertThat(trials).hasSize(5);
        Trial best = bench.trials(parent).stream().filter(trial -> trial.score().isPresent()).max(Comparator.comparingDouble(trial -> trial.score().orElseThrow())).orElseThrow();
        List<Object> first = trials.stream().limit(2).<Object>map(trial -> trial.proposal().assignment()).toList();
        assertThat(first).startsWith(bench.trials(parent).getFirst().proposal().assignment()).contains(best.proposal().assignment());
        assertThat(trials.getFirst().curve()).as("the same data, split and folds").isEqualTo(bench.trials(parent).getFirst().curve()).isNotEmpty();
        assertThat(trials).extracting(Trial::proposal).isEqualTo(bench.trials(again).stream().map(Trial::proposal).toList());
        assertThat(trials.subList(2, 5)).extracting(trial -> trial.proposal().assignment()).doesNotContainAnyElementsOf(bench.trials(parent).stream().map(trial -> trial.proposal().assignment()).toList());
        assertThat(bench.texts(child)).anyMatch(text -> text.toString().startsWith("begins with 8 trials of " + parent.id()));
        assertThat(bench.now(parent)).as("what has ended never changes").extracting(Run::status).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void dataAreLookedIntoOnceAndRunsNeedNotLookAgain() throws Exception {
        DatasetRef data = bench.data(WorkerBench.PENGUINS);
        List<CompletableFuture<Profile>> profiles = Stream.generate(() -> CompletableFuture.supplyAsync(() -> bench.datasets.profile(data.id())).orTimeout(60, TimeUnit.SECONDS)).limit(3).toList();
        for (CompletableFuture<Profile> profile : profiles) {
            assertThat(profile.get().columnNames()).contains("species");
            assertThat(profile.get().rows()).isEqualTo(344);
        }
        Run run = bench.started(ACCURACY, Start.HOLD, 4, 1);
        asked(run, Question.START);
        assertThat(bench.attempts(run)).isZero();
    }

    private Question asked(Run run, String id) {
        bench.awaited(run, now -> now.status().terminal() || runs.question(run.id()).filter(question -> question.id().equals(id)).isPresent());
        return runs.question(run.id()).filter(question -> question.id().equals(id)).orElseThrow(() -> new AssertionError(bench.texts(run).toString()));
    }

    private long ended(Run run) {
        return bench.trials(run).stream().filter(trial -> trial.state().terminal() && !(trial.state() instanceof TrialState.Cancelled)).count();
    }

    private Run succeeded(Run run) {
        Run ended = bench.ended(run);
        assertThat(ended.status()).as("%s %s", ended.failure(), bench.texts(run)).isEqualTo(RunStatus.SUCCEEDED);
        audited(run);
        return ended;
    }

    /** Its last jobs may take a moment to go. */
    private void audited(Run run) {
        for (int i = 0; i < 150 && !runs.audit(run.id()).violations().isEmpty(); i++) {
            runs.await(run.id(), Long.MAX_VALUE, Duration.ofMillis(100));
        }
        assertThat(runs.audit(run.id()).violations()).isEmpty();
    }
}
