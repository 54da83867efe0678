package io.tunesmith.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a process is given, who may speak, and what becomes of what it says. */
class DispatcherReportsTest extends DispatcherScene {

    // The folder

    @Test
    void theFolderHoldsSpecTokenAndInputsForItsOwnerAlone() throws IOException {
        Path data = Files.writeString(root.resolve("data.csv"), "a,b\n1,2\n");
        Path model = Files.createDirectories(root.resolve("model/deep")).getParent();
        Files.writeString(model.resolve("deep/weights.bin"), "w");
        Files.createSymbolicLink(model.resolve("deep/secret"), Path.of("/etc/passwd"));
        dispatcher.run(work(Map.of("train", data, "best", model), Optional.of(Workers.CALLBACK)));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder()))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve("token")))).isEqualTo("rw-------");
        AttemptSpec spec = Wire.read(folder().resolve("spec.json"), AttemptSpec.class);
        assertThat(spec.inputs().get("train").sha256()).contains(Sha256.of(data).hex());
        assertThat(folder().resolve(spec.inputs().get("train").path())).hasSameTextualContentAs(data);
        assertThat(folder().resolve(spec.inputs().get("best").path()).resolve("deep/weights.bin")).hasContent("w");
        assertThat(folder().resolve(spec.inputs().get("best").path()).resolve("deep/secret")).doesNotExist();
    }

    @Test
    void theTokenIsStoredHashedOnly() {
        dispatcher.run(work());

        assertThat(token()).hasSize(64);
        assertThat(store.find(KEY).orElseThrow().tokenHash()).isNotEqualTo(token()).isEqualTo(Tokens.hash(token()));
        assertThat(store.find(KEY).orElseThrow().toString()).doesNotContain(token());
    }

    @Test
    void aMissingInputIsARecordedFailure() {
        AttemptEnd end = run(work(Map.of("train", root.resolve("nowhere.csv")), Optional.of(Workers.CALLBACK))).join();

        assertThat(end).isInstanceOfSatisfying(AttemptEnd.Failed.class, failed -> assertThat(failed.message()).contains("nowhere.csv"));
        assertThat(backend.submits).isEmpty();
    }

    // Who may speak

    @Test
    void aWrongTokenOpensNothing() {
        CompletableFuture<AttemptEnd> end = run(work());

        for (String token : List.of("", "x", token().substring(1), token() + "0", token().toUpperCase(java.util.Locale.ROOT).replace('0', 'A'))) {
            assertThat(codeOf(() -> dispatcher.claim(KEY, token, claim("a", 0)))).isEqualTo(FailureCode.INVALID_API_KEY);
            assertThat(codeOf(() -> dispatcher.events(KEY, token, report(1)))).isEqualTo(FailureCode.INVALID_API_KEY);
            assertThat(codeOf(() -> dispatcher.result(KEY, token, finished(1, .9)))).isEqualTo(FailureCode.INVALID_API_KEY);
        }
        assertThat(codeOf(() -> dispatcher.claim(new AttemptKey("ts-other-t0-a1"), token(), claim("a", 0)))).isEqualTo(FailureCode.INVALID_API_KEY);
        assertThat(end).isNotDone();
    }

    @Test
    void aSecondProcessIsRefusedAndItsResultNotCounted() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");

        assertThat(dispatcher.claim(KEY, token(), claim("b", 0))).isInstanceOf(Claim.Answer.Refused.class);
        assertThat(codeOf(() -> dispatcher.result(KEY, token(), finished(2, .1)))).isEqualTo(FailureCode.REFUSED);
        assertThat(codeOf(() -> dispatcher.result(KEY, token(), finished(0, .1)))).isEqualTo(FailureCode.REFUSED);
        dispatcher.result(KEY, token(), finished(1, .9));
        assertThat(end.join()).isEqualTo(succeeded(.9));
    }

    @Test
    void aProcessThatTheEngineReplacedIsFenced() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        assertThat(dispatcher.claim(KEY, token(), claim("b", 1))).isEqualTo(new Claim.Answer.Granted(2));

        assertThat(codeOf(() -> dispatcher.events(KEY, token(), report(1, Workers.measured(1, .5))))).isEqualTo(FailureCode.REFUSED);
        assertThat(codeOf(() -> dispatcher.result(KEY, token(), finished(1, .1)))).isEqualTo(FailureCode.REFUSED);
        assertThat(end).isNotDone();
        dispatcher.result(KEY, token(), finished(2, .9));
        assertThat(end.join()).isEqualTo(succeeded(.9));
        assertThat(told).isEmpty();
    }

    // Reports

    @Test
    void eventsAreToldOnceAndAStopGoesBackEvenIfTheFirstAnswerWasLost() {
        dispatcher.run(work());
        claimed("a");

        assertThat(dispatcher.events(KEY, token(), report(1, new WorkerEvent.Started(1, .1), Workers.measured(2, .5))).stop()).isFalse();
        answer = new Report.Answer(true, "worse than the median");
        assertThat(dispatcher.events(KEY, token(), report(1, Workers.measured(2, .5), Workers.measured(3, .6)))).isEqualTo(answer);
        assertThat(dispatcher.events(KEY, token(), report(1, Workers.measured(3, .6)))).isEqualTo(answer);
        assertThat(told).extracting(WorkerEvent::seq).containsExactly(1L, 2L, 3L);
        assertThat(store.find(KEY).orElseThrow().started()).contains(clock.instant());
    }

    @Test
    void aMeasuredValueThatIsNotFiniteEndsTheAttemptAsInfeasibleAndIsNotStored() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");

        Report.Answer reply = dispatcher.events(KEY, token(), report(1, Workers.measured(1, .5), Workers.measured(2, Double.POSITIVE_INFINITY), Workers.measured(3, .6)));

        assertThat(reply.stop()).isTrue();
        assertThat(Ending.of(end.join())).isInstanceOfSatisfying(Ending.Infeasible.class, infeasible -> assertThat(infeasible.reason()).isEqualTo("not_finite"));
        assertThat(store.events(KEY)).extracting(Heard::event).containsExactly(Workers.measured(1, .5));
    }

    @Test
    void aResultThatIsNotFiniteIsInfeasible() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        dispatcher.result(KEY, token(), finished(1, Double.NaN));

        assertThat(Ending.of(end.join())).isInstanceOf(Ending.Infeasible.class);
    }

    @Test
    void theSameResultAgainIsFineAndAnotherIsRefused() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        dispatcher.result(KEY, token(), finished(1, .9));
        dispatcher.result(KEY, token(), finished(1, .9));

        assertThat(codeOf(() -> dispatcher.result(KEY, token(), finished(1, .8)))).isEqualTo(FailureCode.REFUSED);
        assertThat(codeOf(() -> dispatcher.events(KEY, token(), report(1, Workers.measured(9, .5))))).isEqualTo(FailureCode.REFUSED);
        assertThat(dispatcher.claim(KEY, token(), claim("a", 0))).isInstanceOf(Claim.Answer.Refused.class);
        assertThat(end.join()).isEqualTo(succeeded(.9));
        assertThat(run(work()).join()).isEqualTo(succeeded(.9));
        assertThat(backend.submits).hasSize(1);
    }
}
