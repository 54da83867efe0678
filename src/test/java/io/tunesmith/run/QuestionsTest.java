package io.tunesmith.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.bench.simulation.InMemoryAttempts;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Ids;
import io.tunesmith.core.Metric;
import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.ColumnType;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.data.Profile;
import io.tunesmith.dispatch.Backends;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.Leadership;
import io.tunesmith.dispatch.Room;
import io.tunesmith.dispatch.StillBackend;
import io.tunesmith.plan.CataloguePlanner;
import io.tunesmith.plan.Planner;
import io.tunesmith.task.Overrides;
import io.tunesmith.task.RulesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs ask, how they wait and go on; the data are known and no process ever starts, so a run that goes on waits for its split. */
class QuestionsTest {
    private static final String AMBIGUOUS = "Train a model on this table.";
    private static final String PLAIN = "Predict price by mean absolute error.";

    @TempDir
    Path folder;

    private final SecureRandom entropy = new SecureRandom();
    private final Ids ids = new Ids(Clock.systemUTC(), entropy::nextLong);
    private final InMemoryStores stores = new InMemoryStores(ids);
    private volatile Allowance allowance = Allowance.NONE_SAID;
    private DatasetRef data;
    private RunService service;
    private Runs runs;

    @BeforeEach
    void open() throws IOException {
        data = stores.add("", "houses.csv", Files.writeString(folder.resolve("houses.csv"), "rooms,area,price\n1,2,3\n"));
        stores.keepProfile(data.id(), new Profile(1000, 0, Optional.of(","), "utf-8", List.of(column("rooms", 9), column("area", 400), column("price", 900)), List.of()));
        service = service();
        runs = service.as(Caller.OPERATOR);
    }

    /** Nobody writes into the folder while it is removed. */
    @AfterEach
    void cancelWhatIsOpen() {
        stores.open().forEach(run -> runs.cancel(run.id()));
        for (int i = 0; i < 1000 && !stores.open().isEmpty(); i++) {
            service.tick();
            sleep();
        }
        assertThat(stores.open()).isEmpty();
    }

    private RunService service() {
        Dispatcher dispatcher = new Dispatcher(new InMemoryAttempts(), Backends.of(new StillBackend("full", new Room.Waits("its slot is busy"), Clock.systemUTC())), Clock.systemUTC(), () -> new byte[32], Executors.newVirtualThreadPerTaskExecutor());
        Ports ports = new Ports(stores, stores, stores, stores, stores, _ -> allowance, new RulesReader(), new CataloguePlanner(), () -> new Planner.Machine(2, 1, true), dispatcher, Clock.systemUTC(), "test");
        return new RunService(ports, folder.resolve("runs"), ids, entropy::nextLong, "http://127.0.0.1", 1L << 30, Leadership.alone("http://127.0.0.1"), Duration.ofMinutes(10));
    }

    private static ColumnProfile column(String name, long distinct) {
        return new ColumnProfile(name, ColumnType.NUMERIC, 0, distinct, true, Optional.of(new ColumnProfile.Numbers(0, 1000, 500, 100)), List.of(), Optional.empty());
    }

    @Test
    void aRunThatMayAskAsksForTheTargetAndGoesOnWithTheAnswer() {
        Run run = started(AMBIGUOUS, Start.ASK, Overrides.NONE);
        Question question = asked(run, "target");
        assertThat(question.options()).containsExactly("price", "area", "rooms");
        assertThat(question.assumed()).contains("price");
        assertThat(runs.task(run.id())).as("nothing is settled").isEmpty();

        runs.answer(run.id(), "target", " AREA. ");

        awaited(run, RunStatus.PLANNING, _ -> runs.plan(run.id()).isPresent());
        assertThat(runs.plan(run.id()).orElseThrow().target()).isEqualTo("area");
        assertThat(runs.task(run.id()).orElseThrow().source("target")).contains("the answer to a question");
        assertThat(runs.question(run.id())).isEmpty();
        assertThat(types(run)).containsSubsequence("question.asked", "question.answered", "task.ready", "plan.ready").containsOnlyOnce("task.ready");
    }

    @Test
    void whatIsOpenIsAskedOneThingAtATime() {
        Run run = started("Build a regression model, by rmse or mae, I cannot decide.", Start.HOLD, Overrides.NONE);
        asked(run, "target");
        runs.answer(run.id(), "target", "3");
        Question metric = asked(run, "metric");
        assertThat(metric.options()).containsExactly("rmse", "mae");
        runs.answer(run.id(), "metric", "mae");
        Question start = asked(run, Question.START);
        assertThat(start.text()).contains("\"rooms\"", "mae", "50 trials", "300 s", "no price");
        assertThat(runs.plan(run.id()).orElseThrow().metric()).isEqualTo(Metric.MAE);
        assertThat(types(run)).containsSubsequence("plan.ready", "question.asked");
    }

    @Test
    void aRunThatIsToldToStartAssumesAndAsksNothing() {
        Run run = started(AMBIGUOUS, Start.NOW, Overrides.NONE);
        awaited(run, RunStatus.PLANNING, _ -> runs.plan(run.id()).isPresent());
        assertThat(runs.plan(run.id()).orElseThrow().target()).isEqualTo("price");
        assertThat(types(run)).doesNotContain("question.asked");
    }

    @Test
    void workThatNoRecipeDoesIsRefusedNotAskedAbout() {
        Run run = started("Segment the images: label every pixel.", Start.HOLD, Overrides.NONE);
        awaited(run, RunStatus.FAILED, _ -> true);
        assertThat(runs.find(run.id()).orElseThrow().failure().orElseThrow().code()).isEqualTo(FailureCode.UNSUPPORTED);
    }

    @Test
    void aHeldRunStartsByAYesAndEndsByANo() {
        Run yes = started(PLAIN, Start.HOLD, Overrides.NONE);
        asked(yes, Question.START);
        assertThatThrownBy(() -> runs.answer(yes.id(), Question.START, "you choose")).as("nobody begins by not caring").isInstanceOf(FailureException.class);
        runs.answer(yes.id(), Question.START, "YES");
        awaited(yes, RunStatus.PLANNING, _ -> runs.waits(yes.id(), 0).isEmpty() && types(yes).contains("question.answered"));

        Run no = started(PLAIN, Start.HOLD, Overrides.NONE);
        asked(no, Question.START);
        runs.answer(no.id(), Question.START, "no");
        awaited(no, RunStatus.CANCELLED, _ -> true);
        assertThat(runs.audit(no.id()).violations()).isEmpty();
    }

    @Test
    void aRunThatMayAskStartsByItselfBelowThePriceOnly() {
        Run cheap = started(PLAIN, Start.ASK, new Overrides(Optional.empty(), Optional.empty(), Optional.of(5L), Optional.of(600.0), Optional.empty()));
        awaited(cheap, RunStatus.PLANNING, _ -> types(cheap).contains("plan.ready"));
        Run dear = started(PLAIN, Start.ASK, new Overrides(Optional.empty(), Optional.empty(), Optional.of(5L), Optional.of(601.0), Optional.empty()));
        assertThat(asked(dear, Question.START).text()).contains("601 s");
        Run paid = started(PLAIN + " Spend at most 3 dollars.", Start.ASK, Overrides.NONE);
        asked(paid, Question.START);
        assertThat(runs.question(cheap.id())).isEmpty();
    }

    @Test
    void anAnswerStandsAndIsOneOfTheOptions() {
        Run run = started(AMBIGUOUS, Start.ASK, Overrides.NONE);
        asked(run, "target");
        refused(FailureCode.INVALID_REQUEST, () -> runs.answer(run.id(), "target", "colour"));
        refused(FailureCode.INVALID_REQUEST, () -> runs.answer(run.id(), "target", "4"));
        refused(FailureCode.RUN_CONFLICT, () -> runs.answer(run.id(), "metric", "mae"));
        runs.answer(run.id(), "target", "up to you");
        runs.answer(run.id(), "target", "price");
        refused(FailureCode.RUN_CONFLICT, () -> runs.answer(run.id(), "target", "rooms"));
        assertThat(types(run)).containsOnlyOnce("question.answered");
    }

    @Test
    void whatWaitsIsCancelledAtOnceHoweverManyRunsHaveThePlaces() {
        Run first = started(PLAIN, Start.NOW, Overrides.NONE);
        Run waiting = started(PLAIN, Start.HOLD, Overrides.NONE);
        asked(waiting, Question.START);
        Run second = started(PLAIN, Start.NOW, Overrides.NONE);
        awaited(first, RunStatus.PLANNING, _ -> runs.plan(first.id()).isPresent());
        awaited(second, RunStatus.PLANNING, _ -> runs.plan(second.id()).isPresent());
        Run third = started(PLAIN, Start.NOW, Overrides.NONE);
        runs.cancel(third.id());
        awaited(third, RunStatus.CANCELLED, _ -> true);
        runs.cancel(waiting.id());
        awaited(waiting, RunStatus.CANCELLED, _ -> true);
        refused(FailureCode.RUN_CONFLICT, () -> runs.answer(waiting.id(), Question.START, "yes"));
    }

    @Test
    void aRunIsPausedAndResumed() {
        Run run = started(PLAIN, Start.HOLD, Overrides.NONE);
        asked(run, Question.START);
        refused(FailureCode.RUN_CONFLICT, () -> runs.pause(run.id()));
        refused(FailureCode.RUN_CONFLICT, () -> runs.resume(run.id()));
        Run first = started(PLAIN, Start.NOW, Overrides.NONE);
        Run second = started(PLAIN, Start.NOW, Overrides.NONE);
        awaited(first, RunStatus.PLANNING, _ -> runs.plan(first.id()).isPresent());
        awaited(second, RunStatus.PLANNING, _ -> runs.plan(second.id()).isPresent());
        Run queued = started(PLAIN, Start.NOW, Overrides.NONE);
        runs.pause(queued.id());
        runs.pause(queued.id());
        assertThat(runs.find(queued.id()).orElseThrow().status()).isEqualTo(RunStatus.PAUSED);
        runs.resume(queued.id());
        awaited(queued, RunStatus.QUEUED, _ -> true);
        runs.pause(queued.id());
        runs.cancel(queued.id());
        awaited(queued, RunStatus.CANCELLED, _ -> true);
        refused(FailureCode.RUN_CONFLICT, () -> runs.pause(queued.id()));
        assertThat(runs.audit(queued.id()).violations()).isEmpty();
    }

    @Test
    void aRunThatIsPausedAndResumedInLineNeverWorksWithoutAPlace() {
        Run first = started(PLAIN, Start.NOW, Overrides.NONE);
        Run second = started(PLAIN, Start.NOW, Overrides.NONE);
        awaited(first, RunStatus.PLANNING, _ -> runs.plan(first.id()).isPresent());
        awaited(second, RunStatus.PLANNING, _ -> runs.plan(second.id()).isPresent());
        Run queued = started(PLAIN, Start.NOW, Overrides.NONE);
        for (int i = 0; i < 2_000; i++) {
            runs.pause(queued.id());
            runs.resume(queued.id());
            assertThat(runs.find(queued.id()).orElseThrow().status()).as("round %d", i).isEqualTo(RunStatus.QUEUED);
        }
        assertThat(runs.plan(queued.id())).isEmpty();
        runs.cancel(first.id());
        awaited(queued, RunStatus.PLANNING, _ -> runs.plan(queued.id()).isPresent());
    }

    @Test
    void whatAnotherServiceWasToldIsDoneByTheNextTick() {
        Run run = started(PLAIN, Start.HOLD, Overrides.NONE);
        asked(run, Question.START);
        stores.answer(run.id(), Question.START, "yes", RunStatus.QUEUED, Clock.systemUTC().instant(), EventLog.data("start: yes"));
        service.tick();
        awaited(run, RunStatus.PLANNING, _ -> true);
        Run other = started(PLAIN, Start.HOLD, Overrides.NONE);
        asked(other, Question.START);
        stores.cancel(other.id(), Clock.systemUTC().instant(), "run.status", EventLog.data("cancelling"));
        service.tick();
        awaited(other, RunStatus.CANCELLED, _ -> true);
    }

    @Test
    void whatWaitsSurvivesTheService() {
        Run run = started(AMBIGUOUS, Start.HOLD, Overrides.NONE);
        asked(run, "target");
        service.end();
        RunService next = service();
        next.tick();
        runs = next.as(Caller.OPERATOR);
        assertThat(runs.find(run.id()).orElseThrow().status()).isEqualTo(RunStatus.WAITING_INPUT);
        runs.answer(run.id(), "target", "rooms");
        asked(run, Question.START);
        assertThat(types(run)).filteredOn("question.asked"::equals).hasSize(2);
    }

    @Test
    void anUnfinishedRunIsGivenMoreWithinTheBudgetsRange() {
        Run run = started(PLAIN, Start.HOLD, Overrides.NONE);
        asked(run, Question.START);
        assertThat(runs.extend(run.id(), new More(Optional.of(10L), Optional.of(60.0))).id()).isEqualTo(run.id());
        runs.extend(run.id(), new More(Optional.of(1L), Optional.empty()));
        assertThat(runs.budget(run.id()).orElseThrow().trials()).contains(61L);
        assertThat(runs.budget(run.id()).orElseThrow().seconds()).contains(360.0);
        assertThat(types(run)).filteredOn("budget.updated"::equals).hasSize(2);
        refused(FailureCode.INVALID_REQUEST, () -> runs.extend(run.id(), new More(Optional.of(100_000L), Optional.empty())));
        stores.keep(run.id(), RunStep.SEARCH, new SearchDone("time"));
        refused(FailureCode.RUN_CONFLICT, () -> runs.extend(run.id(), new More(Optional.of(1L), Optional.empty())));
    }

    @Test
    void aFinishedRunIsGoneOnFromWithItsAnswersAndItsSeed() {
        Run run = started(AMBIGUOUS, Start.HOLD, Overrides.NONE);
        asked(run, "target");
        runs.answer(run.id(), "target", "rooms");
        asked(run, Question.START);
        runs.answer(run.id(), Question.START, "2");
        awaited(run, RunStatus.CANCELLED, _ -> true);
        refused(FailureCode.INVALID_REQUEST, () -> runs.extend(run.id(), new More(Optional.empty(), Optional.of(1.0))));
        Run child = runs.extend(run.id(), new More(Optional.of(7L), Optional.of(60.0)));
        assertThat(child.id()).isNotEqualTo(run.id());
        assertThat(child.request().parent()).contains(run.id());
        assertThat(child.seed()).isEqualTo(run.seed());
        awaited(child, RunStatus.PLANNING, _ -> runs.plan(child.id()).isPresent());
        assertThat(runs.plan(child.id()).orElseThrow().target()).isEqualTo("rooms");
        assertThat(runs.budget(child.id()).orElseThrow().trials()).contains(7L);
        assertThat(runs.task(child.id()).orElseThrow().source("target")).contains("the answer to a question");
        refused(FailureCode.RUN_CONFLICT, () -> runs.start(new RunRequest(PLAIN, data.id(), Overrides.NONE, Start.NOW, Optional.of(child.id()))));
    }

    @Test
    void aForkKeepsTheAnswersThatItDoesNotStateAnew() {
        Run run = started(AMBIGUOUS, Start.HOLD, Overrides.NONE);
        asked(run, "target");
        runs.answer(run.id(), "target", "rooms");
        asked(run, Question.START);
        runs.cancel(run.id());
        awaited(run, RunStatus.CANCELLED, _ -> true);
        Run same = runs.start(new RunRequest(AMBIGUOUS, data.id(), Overrides.NONE, Start.NOW, Optional.of(run.id())));
        Run other = runs.start(new RunRequest(AMBIGUOUS, data.id(), new Overrides(Optional.of("area"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), Start.NOW, Optional.of(run.id())));
        awaited(same, RunStatus.PLANNING, _ -> runs.plan(same.id()).isPresent());
        awaited(other, RunStatus.PLANNING, _ -> runs.plan(other.id()).isPresent());
        assertThat(runs.plan(same.id()).orElseThrow().target()).isEqualTo("rooms");
        assertThat(runs.task(same.id()).orElseThrow().source("target")).contains("the answer to a question");
        assertThat(runs.plan(other.id()).orElseThrow().target()).isEqualTo("area");
        assertThat(runs.task(other.id()).orElseThrow().source("target")).contains("--target");
    }

    @Test
    void whatAnOwnerMayNotHaveWorkedOnYetWaitsInLine() {
        allowance = new Allowance(Optional.empty(), Optional.of(1), Optional.empty(), Optional.empty(), Optional.empty());
        Run first = started(PLAIN, Start.NOW, Overrides.NONE);
        awaited(first, RunStatus.PLANNING, _ -> true);
        Run second = started(PLAIN, Start.NOW, Overrides.NONE);
        Run third = started(PLAIN, Start.NOW, Overrides.NONE);
        service.tick();
        runs.cancel(first.id());
        awaited(second, RunStatus.PLANNING, _ -> true);
        assertThat(runs.find(third.id()).orElseThrow().status()).as("one place is free, but not for this owner").isEqualTo(RunStatus.QUEUED);
        allowance = Allowance.NONE_SAID;
        service.tick();
        awaited(third, RunStatus.PLANNING, _ -> true);
    }

    @Test
    void optionsAreFoundByTextBeforeNumber() {
        Question question = new Question("target", "Which?", List.of("2", "1", "Any"), Optional.of("1"));
        assertThat(Answers.read(question, "2", List.of())).isEqualTo("2");
        assertThat(Answers.read(question, "3", List.of())).isEqualTo("Any");
        assertThat(Answers.read(question, "any", List.of())).isEqualTo("Any");
        assertThat(Answers.read(question, "You choose!", List.of())).isEqualTo("1");
        assertThat(Answers.read(question, "\"other\"", List.of("other"))).isEqualTo("other");
        refused(FailureCode.INVALID_REQUEST, () -> Answers.read(question, "0", List.of()));
        refused(FailureCode.INVALID_REQUEST, () -> Answers.read(question, "", List.of()));
    }

    private Run started(String text, Start start, Overrides overrides) {
        return runs.start(new RunRequest(text, data.id(), overrides, start, Optional.empty()));
    }

    private Question asked(Run run, String id) {
        awaited(run, RunStatus.WAITING_INPUT, _ -> runs.question(run.id()).filter(question -> question.id().equals(id)).isPresent());
        return runs.question(run.id()).orElseThrow();
    }

    private void awaited(Run run, RunStatus status, Predicate<Run> also) {
        Run now = runs.find(run.id()).orElseThrow();
        for (int i = 0; i < 500 && !(now.status() == status && also.test(now)); i++) {
            service.tick();
            sleep();
            now = runs.find(run.id()).orElseThrow();
        }
        assertThat(now.status()).as("%s", runs.events(run.id(), 0, 100).stream().map(event -> event.type() + " " + event.data().get("text")).toList()).isEqualTo(status);
        assertThat(also.test(now)).isTrue();
    }

    private static void sleep() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> types(Run run) {
        return runs.events(run.id(), 0, 100).stream().map(RunEvent::type).toList();
    }

    private static void refused(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure()).as(e.getMessage()).extracting(Failure::code).isEqualTo(code));
    }
}
