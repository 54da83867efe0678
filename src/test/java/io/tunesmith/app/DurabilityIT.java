package io.tunesmith.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tunesmith.api.rest.BackupFile;
import io.tunesmith.api.rest.BackupManifest;
import io.tunesmith.api.rest.ServiceFile;
import io.tunesmith.cli.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service on its own PostgreSQL: that one killed, its disk full, everything copied and restored. */
class DurabilityIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Services services;

    @BeforeEach
    void start() {
        services = new Services(folder, Map.of("TUNESMITH_DB_URL", ""));
    }

    @AfterEach
    void end() throws Exception {
        services.close();
    }

    @Test
    void aPostgresThatIsKilledComesBackUnderTheServiceWithAllThatWasAnswered() throws Exception {
        Path dataDir = folder.resolve("data");
        Process service = services.start(dataDir, "--port", "0");
        ServiceFile file = services.leads(service, dataDir);
        AtomicInteger stored = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> uploadUntil(ended, file, stored));
        Thread.sleep(1500);
        long dead = postmaster(dataDir);
        Services.signal("KILL", dead);
        long begin = System.nanoTime();
        Thread.sleep(200);
        while (services.get(file, "/api/v1/runs").statusCode() != 200) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        }
        Thread.sleep(1500);
        ended.set(true);
        writer.join();
        assertThat(postmaster(dataDir)).isNotEqualTo(dead);
        Path copy = folder.resolve("copy.tar");
        assertThat(services.download(file, "/api/v1/backup", copy).statusCode()).isEqualTo(200);
        assertThat(new BackupFile(copy).check().datasets()).isGreaterThanOrEqualTo(stored.get());
        assertThat(stored.get()).isGreaterThan(5);
        assertThat(services.said(service)).contains("PostgreSQL has died", "PostgreSQL is back");
        assertThat(services.post(file, "/api/v1/shutdown", "{}").statusCode()).isEqualTo(202);
        assertThat(services.ended(service, Duration.ofSeconds(30))).isZero();
        assertThat(dataDir.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void aBackupMadeUnderWritesIsRestoredElsewhereAndAnswersTheSame() throws Exception {
        Path dataDir = folder.resolve("data");
        Process service = services.start(dataDir, "--port", "0");
        ServiceFile file = services.leads(service, dataDir);
        String data = JSON.readTree(services.upload(file, Files.readAllBytes(Path.of("eval/examples/penguins.csv"))).body()).path("id").asText();
        String run = JSON.readTree(services.post(file, "/api/v1/runs", "{\"prompt\":\"Predict the species.\",\"data_id\":\"" + data + "\",\"budget\":{\"trials\":6}}").body()).path("id").asText();
        assertThat(run).startsWith("run_");
        AtomicBoolean ended = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> uploadUntil(ended, file, new AtomicInteger()));
        await(file, run);
        Path backup = folder.resolve("backup.tar");
        assertThat(services.download(file, "/api/v1/backup", backup).statusCode()).isEqualTo(200);
        ended.set(true);
        writer.join();
        BackupManifest manifest = new BackupFile(backup).check();
        assertThat(manifest.runs()).isEqualTo(1);
        assertThat(manifest.entries()).extracting(BackupManifest.Entry::name).noneMatch(name -> name.endsWith("/token") || name.contains("/inputs/") || name.endsWith(".part"))
                .filteredOn(name -> name.startsWith("files/datasets/")).hasSize(manifest.datasets());
        Path restored = folder.resolve("restored");
        Process restore = services.start(restored, "--restore", backup.toString());
        assertThat(services.ended(restore, Duration.ofSeconds(60))).isZero();
        assertThat(services.said(restore)).contains("Restored into " + restored).doesNotContain("\tat ");
        ServiceFile there = services.leads(services.start(restored, "--port", "0"), restored);
        for (String path : new String[] {"", "/trials", "/events?after=0&limit=200", "/artifacts/report.md"}) {
            assertThat(services.get(there, "/api/v1/runs/" + run + path).body()).as(path).isEqualTo(services.get(file, "/api/v1/runs/" + run + path).body());
        }
        ServiceFile oldKey = new ServiceFile(there.url(), there.pid(), file.key());
        assertThat(services.get(oldKey, "/api/v1/runs").statusCode()).isEqualTo(200);
        assertThat(services.upload(there, "a,b\n1,2\n".getBytes()).statusCode()).isEqualTo(201);
        refused(restored, backup, ExitCode.REFUSED, "is not empty");
        damaged(backup);
        refused(folder.resolve("nowhere"), backup, ExitCode.DATA, "cannot be restored");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aFullDiskRefusesNewWorkAndLeavesTheRestReadable() throws Exception {
        Path dataDir = Files.createDirectory(folder.resolve("small"));
        boolean mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=256m,mode=0700", "tmpfs", dataDir.toString()).start().waitFor() == 0;
        Assumptions.assumeTrue(mounted, "a small file system can be mounted here");
        try {
            Process service = services.start(dataDir, "--port", "0");
            ServiceFile file = services.leads(service, dataDir);
            String data = JSON.readTree(services.upload(file, "a,b\n1,2\n".getBytes()).body()).path("id").asText();
            fill(dataDir);
            HttpResponse<String> refused = services.upload(file, "a,b\n1,2\n".getBytes());
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            HttpResponse<String> run = services.post(file, "/api/v1/runs", "{\"prompt\":\"x\",\"data_id\":\"" + data + "\"}");
            assertThat(run.statusCode()).as(run.body()).isEqualTo(503);
            assertThat(JSON.readTree(run.body()).path("code").asText()).isEqualTo("environment");
            assertThat(run.body()).contains("nearly full");
            assertThat(services.get(file, "/api/v1/runs").statusCode()).isEqualTo(200);
            Files.delete(dataDir.resolve("ballast"));
            assertThat(services.upload(file, "a,b\n1,2\n".getBytes()).statusCode()).isEqualTo(201);
            services.post(file, "/api/v1/shutdown", "{}");
            services.ended(service, Duration.ofSeconds(30));
        } finally {
            services.close();
            new ProcessBuilder("umount", "-l", dataDir.toString()).start().waitFor();
        }
    }

    private void await(ServiceFile file, String run) throws Exception {
        JsonNode view = JSON.readTree(services.get(file, "/api/v1/runs/" + run).body());
        while (!view.path("status").asText().equals("succeeded")) {
            assertThat(view.path("status").asText()).as(view.toString()).isNotIn("failed", "cancelled");
            Thread.sleep(200);
            view = JSON.readTree(services.get(file, "/api/v1/runs/" + run).body());
        }
    }

    private void refused(Path dataDir, Path backup, int code, String words) throws Exception {
        Process restore = services.start(dataDir, "--restore", backup.toString());
        assertThat(services.ended(restore, Duration.ofSeconds(60))).isEqualTo(code);
        assertThat(services.said(restore)).contains(words).doesNotContain("\tat ");
    }

    private void uploadUntil(AtomicBoolean ended, ServiceFile file, AtomicInteger stored) {
        try {
            for (int i = 0; !ended.get(); i++) {
                // The same bytes would be the same data set.
                int status = services.upload(file, ("a,b\n1," + i + "\n").getBytes()).statusCode();
                assertThat(status).isIn(201, 503);
                stored.addAndGet(status == 201 ? 1 : 0);
                Thread.sleep(20);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** One letter of the data set. */
    private static void damaged(Path backup) throws IOException {
        byte[] bytes = Files.readAllBytes(backup);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("Adelie")]++;
        Files.write(backup, bytes);
    }

    private static void fill(Path dataDir) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(dataDir.resolve("ballast").toFile(), "rw")) {
            byte[] block = new byte[1 << 20];
            while (Files.getFileStore(dataDir).getUsableSpace() > 2 << 20) {
                file.write(block);
            }
        }
    }

    private static long postmaster(Path dataDir) throws IOException {
        return Long.parseLong(Files.readAllLines(dataDir.resolve("postgres/postmaster.pid")).getFirst().strip());
    }
}
