package io.tunesmith.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.CrashPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged service is killed at every step; the next one brings the run to the end that it would have had. All on one data folder. */
class RecoveryIT {
    private static final int TRIALS = 8;
    private static final long SEED = 11;

    /** The points of the test of what waits. */
    private static final String WAITING = "QUESTION_ASKED ANSWER_STORED RUN_PAUSING RUN_PAUSED";

    /** Longer than three of them. */
    private static final Duration HEARTBEATS = Duration.ofSeconds(17);

    @TempDir
    static Path folder;

    private static ServiceProcess service;
    private static String data;
    private static Story unbroken;
    private static int attempts;

    @BeforeAll
    static void runOnceUnbroken() throws Exception {
        service = new ServiceProcess(folder, "--port", "0");
        service.start();
        data = service.upload(Files.readAllBytes(ServiceProcess.PENGUINS));
        String run = service.ask(data, TRIALS, SEED).orElseThrow();
        unbroken = service.finished(run);
        attempts = service.attempts(run);
        assertThat(unbroken.trials()).hasSize(TRIALS);
        service.stop();
    }

    @AfterAll
    static void end() throws Exception {
        service.close();
    }

    /** Each point ends the service that was started after the one before; a number counts its passings since that start. */
    @ParameterizedTest
    @ValueSource(strings = {"RUN_CREATED ATTEMPT_PREPARED ATTEMPT_INTENDED ATTEMPT_SUBMITTED CLAIM_GRANTED RESULT_TAKEN", "STEP_DONE STEP_KEPT TRIAL_PROPOSED TRIAL_ENDED TRIAL_RECORDED STEP_DONE STEP_KEPT:2",
        "RESULT_RECORDED RESULT_RECORDED:2 TRIAL_PROPOSED:3 TRIAL_ENDED:3 RUN_ENDING", "ATTEMPT_PREPARED:3 ATTEMPT_INTENDED:3 ATTEMPT_SUBMITTED:3 CLAIM_GRANTED:3 RESULT_TAKEN:3 STEP_DONE:2 STEP_DONE:2 STEP_DONE:2"})
    void aServiceKilledAtEveryStepIsFollowedByOneThatEndsTheRunTheSameWay(String points) throws Exception {
        boolean asked = false;
        for (String point : points.split(" ")) {
            service.start("tunesmith.crash-at=" + point);
            if (!asked) {
                service.ask(data, TRIALS, SEED);
                asked = true;
            }
            service.crashed();
        }
        service.start();
        assertThat(service.finished(service.newest())).isEqualTo(unbroken);
        service.kill();
    }

    @Test
    void aServiceKilledWhereARunAsksIsAnsweredAndPausesIsFollowedByOneThatEndsTheRunTheSameWay() throws Exception {
        service.start("tunesmith.crash-at=QUESTION_ASKED");
        service.ask(data, TRIALS, SEED, "hold");
        service.crashed();
        service.start("tunesmith.crash-at=ANSWER_STORED");
        String run = service.newest();
        assertThat(service.json("/api/v1/runs/" + run).path("question").path("id").asText()).isEqualTo("start");
        assertThatThrownBy(() -> service.post("/api/v1/runs/" + run + "/answers", "{\"answer\":\"yes\"}")).isInstanceOf(IOException.class);
        service.crashed();
        service.start("tunesmith.crash-at=RUN_PAUSING");
        service.await("some trials have ended", () -> service.ended(run) >= 1);
        service.patch("/api/v1/runs/" + run, "{\"action\":\"pause\"}");
        service.crashed();
        service.start("tunesmith.crash-at=RUN_PAUSED");
        service.crashed();
        service.start();
        assertThat(service.json("/api/v1/runs/" + run).path("status").asText()).isEqualTo("paused");
        service.audited(run);
        service.patch("/api/v1/runs/" + run, "{\"action\":\"resume\"}");
        assertThat(service.finished(run)).isEqualTo(unbroken);
        service.kill();
    }

    @Test
    void everyStepOfTheServiceIsOneAtWhichItIsKilled() throws Exception {
        String points = WAITING + " " + String.join(" ", RecoveryIT.class.getDeclaredMethod("aServiceKilledAtEveryStepIsFollowedByOneThatEndsTheRunTheSameWay", String.class).getAnnotation(ValueSource.class).strings());
        assertThat(Stream.of(CrashPoint.values()).map(Enum::name).filter(name -> !name.startsWith("WORKER_") && !name.startsWith("AGENT_"))).allMatch(name -> List.of(points.split("[ :]")).contains(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"WORKER_CLAIMED", "WORKER_STARTED", "WORKER_MEASURED:3", "WORKER_CHECKPOINTED", "WORKER_DONE", "WORKER_REPORTED"})
    void aWorkerKilledAtAStepCostsNothingButTime(String point) throws Exception {
        Path mark = folder.resolve("mark-" + point.replace(':', '-'));
        service.start("tunesmith.crash-at=" + point, "tunesmith.crash-mark=" + mark, "tunesmith.checkpoint-millis=" + (point.equals("WORKER_CHECKPOINTED") ? 1 : 10_000));
        assertThat(service.finished(service.ask(data, TRIALS, SEED).orElseThrow())).isEqualTo(unbroken);
        assertThat(mark).exists();
        service.kill();
    }

    @Test
    void aPostgresThatIsKilledInTheSearchCostsNothingButTime() throws Exception {
        service.start();
        String run = inMidSearch();
        Processes.signal("KILL", service.postmaster());
        assertThat(service.finished(run)).isEqualTo(unbroken);
        service.kill();
    }

    @Test
    void aServiceItsPostgresAndItsWorkersKilledAtOnceCostNothingButTime() throws Exception {
        service.start();
        String run = inMidSearch();
        long postmaster = service.postmaster();
        Processes.signal("STOP", service.pid());
        for (long worker : service.workers()) {
            Processes.signal("KILL", worker);
        }
        Processes.signal("KILL", postmaster);
        service.kill();
        service.start();
        assertThat(service.finished(run)).isEqualTo(unbroken);
        service.kill();
    }

    @Test
    void aWorkerThatStandsStillPastItsHeartbeatsIsSuspectOnly() throws Exception {
        service.start();
        String run = inMidSearch();
        List<Long> still = service.workers();
        for (long worker : still) {
            Processes.signal("STOP", worker);
        }
        Thread.sleep(HEARTBEATS.toMillis());
        assertThat(service.json("/api/v1/runs/" + run).path("status").asText()).isEqualTo("running");
        for (long worker : still) {
            Processes.signal("CONT", worker);
        }
        assertThat(service.finished(run)).isEqualTo(unbroken);
        assertThat(service.attempts(run)).as("every attempt is the first, and what the first run saw in the data is known").isEqualTo(attempts - 1);
        service.kill();
    }

    @Test
    void aServiceThatEndsInOrderGivesItsWorkToTheNext() throws Exception {
        service.start();
        String run = inMidSearch();
        service.stop();
        service.start();
        assertThat(service.finished(run)).isEqualTo(unbroken);
        service.stop();
    }

    private static String inMidSearch() throws Exception {
        String run = service.ask(data, TRIALS, SEED).orElseThrow();
        service.await("some trials have ended", () -> service.ended(run) >= 2);
        return run;
    }
}
