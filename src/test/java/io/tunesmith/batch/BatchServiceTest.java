package io.tunesmith.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.FileId;
import io.tunesmith.core.Ids;
import io.tunesmith.run.Caller;
import io.tunesmith.run.FilePurpose;
import io.tunesmith.run.FileService;
import io.tunesmith.run.NoLimits;
import io.tunesmith.run.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches in memory, a tick at a time: what each line comes to, and that nothing is lost or done twice wherever the service is killed. */
class BatchServiceTest {
    private static final Caller OWNER = new Caller("key_a", Scope.RUN);
    private static final String ENDPOINT = "/v1/chat/completions";
    @TempDir
    Path folder;
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private long fuse = Long.MAX_VALUE;
    private int openEach = 1000;
    private final Random chance = new Random(7);
    private final Ids ids = new Ids(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }, chance::nextLong);
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final InMemoryBatches store = new InMemoryBatches(this::trip);
    private final ScriptedLines runner = new ScriptedLines(this::trip);
    private InMemoryFiles files;
    private BatchService service;

    /** The service is killed here. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private void trip() {
        if (fuse-- <= 0) {
            throw new Killed();
        }
    }

    private void start() {
        files = files == null ? new InMemoryFiles(folder, this::trip) : files;
        BatchSettings settings = new BatchSettings(3, openEach, new BatchCap(3600, Optional.empty()), BatchSettings.EXPIRY, BatchSettings.PATIENCE, BatchFile.Limits.USUAL);
        service = new BatchService(store, files, runner, ids, clock, settings, folder, Runnable::run);
    }

    private FileId upload(String... bodies) throws IOException {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, bodies.length).forEach(i -> text.append("{\"custom_id\":\"c").append(i).append("\",\"method\":\"POST\",\"url\":\"" + ENDPOINT + "\",\"body\":").append(bodies[i]).append("}\n"));
        Path file = Files.writeString(folder.resolve("upload"), text);
        return new FileService(files, ids, clock, new NoLimits()).as(OWNER).add("requests.jsonl", FilePurpose.BATCH, Optional.empty(), file).id();
    }

    private Batch create(String... bodies) throws IOException {
        start();
        return service.as(OWNER).create(order(upload(bodies), Optional.empty()));
    }

    private static BatchOrder order(FileId input, Optional<Double> seconds) {
        return new BatchOrder(input, BatchEndpoint.of(ENDPOINT), Map.of("mine", "yes"), Optional.of(Duration.ofDays(1)), seconds, Optional.empty());
    }

    private Batch ticked(Batch batch, int times) {
        for (int i = 0; i < times; i++) {
            now = now.plusSeconds(1);
            service.tick();
        }
        return service.as(OWNER).find(batch.id()).orElseThrow();
    }

    private List<JsonNode> lines(Optional<FileId> file) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(files.path(file.orElseThrow()))) {
            lines.add(LineJson.read(line));
        }
        return lines;
    }

    @Test
    void aBatchIsCheckedWorkedThroughAndWrittenInTheOrderOfItsFile() throws Exception {
        Batch batch = create("{\"n\":0,\"looks\":5}", "{\"n\":1}", "{\"n\":2,\"status\":422}", "{\"n\":3}", "{\"n\":4,\"refused\":1}");
        assertThat(batch.status()).isEqualTo(BatchStatus.VALIDATING);
        assertThat(ticked(batch, 1)).extracting(Batch::status, b -> b.counts().total()).containsExactly(BatchStatus.IN_PROGRESS, 5);
        Batch halfway = ticked(batch, 3);
        assertThat(halfway.counts().completed()).isBetween(1, 2);

        Batch done = ticked(batch, 10);

        assertThat(done.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(done.counts()).isEqualTo(new Batch.Counts(5, 3, 2));
        assertThat(lines(done.output())).extracting(line -> line.path("custom_id").asText() + line.path("response").path("status_code").asInt() + line.path("response").path("body").path("n").asInt())
                .containsExactly("c02000", "c12001", "c32003");
        assertThat(lines(done.error())).extracting(line -> line.path("custom_id").asText() + line.path("response").path("status_code").asInt()).containsExactly("c2422", "c4404");
        assertThat(lines(done.output())).allSatisfy(line -> {
            assertThat(line.fieldNames()).toIterable().containsExactly("id", "custom_id", "response", "error");
            assertThat(line.path("id").asText()).startsWith("batch_req_");
            assertThat(line.path("response").path("request_id").asText()).startsWith("req_");
            assertThat(line.path("error").isNull()).isTrue();
        });
        assertThat(files.rows.get(done.output().orElseThrow())).satisfies(file -> {
            assertThat(file.owner()).isEqualTo("key_a");
            assertThat(file.purpose()).isEqualTo(FilePurpose.BATCH_OUTPUT);
            assertThat(file.expires()).contains(file.created().plus(Duration.ofDays(1)));
        });
        assertThat(done.reached().keySet()).contains(BatchStatus.IN_PROGRESS, BatchStatus.FINALIZING, BatchStatus.COMPLETED);
    }

    @Test
    void noMoreLinesAreUnderWayThanAreAllowed() throws IOException {
        Batch batch = create(IntStream.range(0, 20).mapToObj(n -> "{\"n\":" + n + ",\"looks\":3}").toArray(String[]::new));

        assertThat(ticked(batch, 40).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(runner.most).isEqualTo(3);
    }

    @Test
    void aFileWithOneBadLineIsRefusedWholeAndNothingRuns() throws IOException {
        Batch batch = ticked(create("{\"n\":0}", "{\"bad\":1}"), 5);

        assertThat(batch.status()).isEqualTo(BatchStatus.FAILED);
        assertThat(batch.errors()).singleElement().satisfies(error -> assertThat(error.code() + error.line().orElse(0) + error.param().orElse("")).isEqualTo("invalid_body2body.messages"));
        assertThat(batch.output()).isEmpty();
        assertThat(runner.begun).isEmpty();
    }

    @Test
    void anInputThatWasRemovedFailsTheBatch() throws IOException {
        Batch batch = create("{\"n\":0}");
        Files.delete(files.path(batch.input()));

        assertThat(ticked(batch, 2).errors()).extracting(BatchError::code).containsExactly("file_not_found");
    }

    @Test
    void aLineThatWouldSpendMoreThanIsLeftIsRefusedAndOneThatFitsRuns() throws Exception {
        start();
        Batch batch = service.as(OWNER).create(order(upload("{\"n\":0,\"spend\":60,\"used\":50}", "{\"n\":1,\"spend\":60}", "{\"n\":2,\"spend\":40,\"used\":40}", "{\"n\":3,\"spend\":20}"), Optional.of(100.0)));

        Batch done = ticked(batch, 20);

        assertThat(lines(done.output())).extracting(line -> line.path("custom_id").asText()).containsExactly("c0", "c2");
        assertThat(lines(done.error())).extracting(line -> line.path("custom_id").asText() + line.path("error").path("code").asText() + line.path("response").isNull()).containsExactly("c1budget_exceededtrue", "c3budget_exceededtrue");
        assertThat(runner.begun).hasSize(2);
    }

    @Test
    void whatIsOnlyRefusedForNowIsTriedAgainUnderTheSameRun() throws IOException {
        runner.busy = 4;
        Batch batch = create("{\"n\":0,\"busy\":1}");

        assertThat(ticked(batch, 4).status()).isEqualTo(BatchStatus.IN_PROGRESS);
        assertThat(ticked(batch, 10).counts()).isEqualTo(new Batch.Counts(1, 1, 0));
    }

    @Test
    void aCancelledBatchKeepsWhatIsDoneAndNamesWhatIsNot() throws Exception {
        Batch batch = create("{\"n\":0}", "{\"n\":1,\"looks\":1000}", "{\"n\":2,\"looks\":1000}", "{\"n\":3}", "{\"n\":4,\"looks\":1000}", "{\"n\":5}");
        ticked(batch, 4);
        assertThat(service.as(OWNER).cancel(batch.id()).status()).isEqualTo(BatchStatus.CANCELLING);
        assertThat(service.as(OWNER).cancel(batch.id()).status()).isEqualTo(BatchStatus.CANCELLING);

        Batch done = ticked(batch, 4);

        assertThat(done.status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(service.as(OWNER).cancel(batch.id()).status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(lines(done.output())).extracting(line -> line.path("custom_id").asText()).containsExactly("c0", "c3");
        assertThat(lines(done.error())).extracting(line -> line.path("error").path("code").asText()).containsOnly("batch_cancelled").hasSize(4);
        assertThat(done.counts()).isEqualTo(new Batch.Counts(6, 2, 4));
    }

    @Test
    void aRunThatDoesNotEndIsWaitedForTenMinutesAndNoLonger() throws IOException {
        Batch batch = create("{\"n\":0,\"looks\":100000,\"stubborn\":1}");
        ticked(batch, 3);
        service.as(OWNER).cancel(batch.id());

        assertThat(ticked(batch, 5).status()).isEqualTo(BatchStatus.CANCELLING);
        now = now.plus(Duration.ofMinutes(10));
        assertThat(ticked(batch, 2).status()).isEqualTo(BatchStatus.CANCELLED);
    }

    @Test
    void aBatchCancelledBeforeItBeganHasNoOutput() throws IOException {
        Batch batch = create("{\"n\":0}");
        service.as(OWNER).cancel(batch.id());
        Batch done = ticked(batch, 2);

        assertThat(done.status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(done.output()).isEmpty();
        assertThat(done.error()).isEmpty();
        assertThat(runner.begun).isEmpty();
    }

    @Test
    void afterADayABatchExpiresWithWhatIsDone() throws Exception {
        Batch batch = create("{\"n\":0}", "{\"n\":1,\"looks\":100000}", "{\"n\":2,\"looks\":100000}", "{\"n\":3,\"looks\":100000}", "{\"n\":4,\"looks\":100000}");
        ticked(batch, 5);
        now = now.plus(Duration.ofHours(24));
        Batch done = ticked(batch, 5);

        assertThat(done.status()).isEqualTo(BatchStatus.EXPIRED);
        assertThat(lines(done.output())).hasSize(1);
        assertThat(lines(done.error())).extracting(line -> line.path("error").path("code").asText()).containsOnly("batch_expired").hasSize(4);
    }

    @Test
    void whatHasEndedCannotBeCancelled() throws IOException {
        Batch batch = create("{\"n\":0}");
        ticked(batch, 5);

        assertThatThrownBy(() -> service.as(OWNER).cancel(batch.id())).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.RUN_CONFLICT));
    }

    @Test
    void anothersBatchAndFileAreAbsent() throws IOException {
        Batch batch = create("{\"n\":0}");
        Batches others = service.as(new Caller("key_b", Scope.RUN));

        assertThat(others.find(batch.id())).isEmpty();
        assertThat(others.list(Optional.empty(), 10)).isEmpty();
        assertThatThrownBy(() -> others.cancel(batch.id())).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.NOT_FOUND));
        assertThatThrownBy(() -> others.create(order(batch.input(), Optional.empty()))).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.NOT_FOUND));
        assertThatThrownBy(() -> service.as(new Caller("key_a", Scope.READ)).cancel(batch.id())).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.FORBIDDEN));
    }

    @Test
    void aKeyHasSoManyBatchesAtATimeAndAnotherKeyItsOwn() throws IOException {
        openEach = 2;
        Batch first = create("{\"n\":0}");
        service.as(OWNER).create(order(upload("{\"n\":1}"), Optional.empty()));

        assertThatThrownBy(() -> service.as(OWNER).create(order(first.input(), Optional.empty()))).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure()).isInstanceOf(io.tunesmith.core.Failure.Transient.class);
            assertThat(e.failure().code()).isEqualTo(FailureCode.RATE_LIMITED);
            assertThat(e.failure().message()).contains("2 batches");
        });
        Caller operator = new Caller("key_op", Scope.ADMIN);
        FileId theirs = new FileService(files, ids, clock, new NoLimits()).as(operator).add("r.jsonl", FilePurpose.BATCH, Optional.empty(), Files.writeString(folder.resolve("theirs"), "{}")).id();
        assertThat(service.as(operator).create(order(theirs, Optional.empty())).owner()).isEqualTo("key_op");
        ticked(first, 5);
        assertThat(service.as(OWNER).create(order(first.input(), Optional.empty())).status()).isEqualTo(BatchStatus.VALIDATING);
    }

    @Test
    void aFileOfRequestsHasAtMost200MegabytesAndOthersMore() throws IOException {
        start();
        FileService own = new FileService(files, ids, clock, new NoLimits());
        Path large = folder.resolve("large");
        try (java.io.RandomAccessFile file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
            file.setLength((200L << 20) + 1);
        }

        assertThatThrownBy(() -> own.as(OWNER).add("requests.jsonl", FilePurpose.BATCH, Optional.empty(), large)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure().code()).isEqualTo(FailureCode.TOO_LARGE);
            assertThat(e.failure().message()).contains("209715201 bytes");
        });
        assertThat(own.as(OWNER).add("table.csv", FilePurpose.USER_DATA, Optional.empty(), large).bytes()).isEqualTo(209_715_201);
    }

    @Test
    void theTrialsOfABatchAreCappedTogetherToo() throws Exception {
        start();
        BatchOrder order = new BatchOrder(upload("{\"n\":0,\"trials\":6,\"used_trials\":6}", "{\"n\":1,\"trials\":6}", "{\"n\":2,\"trials\":4}"), BatchEndpoint.of(ENDPOINT), Map.of(), Optional.empty(), Optional.empty(), Optional.of(10L));

        Batch done = ticked(service.as(OWNER).create(order), 20);

        assertThat(lines(done.output())).extracting(line -> line.path("custom_id").asText()).containsExactly("c0", "c2");
        assertThat(lines(done.error())).extracting(line -> line.path("custom_id").asText() + line.path("error").path("code").asText()).containsExactly("c1budget_exceeded");
    }

    @Test
    void aBatchMayNotAskForMoreThanTheServiceAllows() throws IOException {
        start();
        FileId input = upload("{\"n\":0}");

        assertThatThrownBy(() -> service.as(OWNER).create(order(input, Optional.of(3601.0)))).hasMessageContaining("3601");
    }

    /** Killed at every single step in turn, and started again: each line ends once, each request has one run, the output is written once. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereverTheServiceIsKilledEachLineIsDoneOnce(boolean cancelled) throws Exception {
        String[] bodies = {"{\"n\":0,\"looks\":2}", "{\"n\":1}", "{\"n\":2,\"status\":500}", "{\"n\":3,\"refused\":1}", "{\"n\":4,\"looks\":3}", "{\"n\":5}", "{\"n\":6,\"spend\":4000}"};
        int kills = 0;
        for (int step = 0; step < 150; step++) {
            store.batches.clear();
            store.lines.clear();
            store.ends.clear();
            runner.begun.clear();
            runner.byBody.clear();
            kills += killedAt(step, bodies, cancelled) ? 1 : 0;
        }
        assertThat(kills).as("the fuse burns at most steps of a batch").isGreaterThan(60);
    }

    private boolean killedAt(int step, String[] bodies, boolean cancelled) throws Exception {
        fuse = Long.MAX_VALUE;
        Batch batch = create(bodies);
        int kept = files.kept.size();
        boolean killed = false;
        fuse = step;
        for (int tick = 0; tick < 40; tick++) {
            now = now.plusSeconds(1);
            try {
                service.tick();
                if (cancelled && tick == 2) {
                    service.as(OWNER).cancel(batch.id());
                }
            } catch (Killed e) {
                killed = true;
                fuse = step;
                start();
                fuse = chance.nextInt(3) == 0 ? step : Long.MAX_VALUE;
            }
        }
        fuse = Long.MAX_VALUE;
        Batch done = ticked(batch, 10);
        assertThat(done.status()).as("killed at " + step).isIn(BatchStatus.COMPLETED, BatchStatus.CANCELLED);
        assertThat(store.ends.values()).as("killed at " + step).containsOnly(1);
        List<String> written = new ArrayList<>();
        for (Optional<FileId> file : List.of(done.output(), done.error())) {
            for (JsonNode line : file.isPresent() ? lines(file) : List.<JsonNode>of()) {
                written.add(line.path("custom_id").asText());
            }
        }
        assertThat(written).as("killed at " + step).doesNotHaveDuplicates().hasSize(done.counts().total());
        if (done.status() == BatchStatus.COMPLETED) {
            assertThat(written).hasSize(7);
        }
        assertThat(files.kept.size() - kept).as("killed at " + step).isLessThanOrEqualTo(2);
        return killed;
    }
}
