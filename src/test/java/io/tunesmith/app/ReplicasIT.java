package io.tunesmith.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.api.rest.ServiceFile;
import io.tunesmith.cli.ExitCode;
import io.tunesmith.postgres.embedded.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two packaged services on one PostgreSQL that is not theirs, and one data folder. */
class ReplicasIT {
    /** The lease, a round of the election, and time to say so. */
    private static final Duration TAKEOVER = Duration.ofSeconds(20);
    private static final Duration RUN = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    private PostgresServer database;
    private Services services;

    @BeforeEach
    void start() throws IOException {
        database = PostgresServer.start(Files.createDirectory(folder.resolve("database")), PostgresResource.cache());
        services = new Services(folder, environment(database.url()));
    }

    @AfterEach
    void end() throws Exception {
        services.close();
        database.stop();
    }

    @Test
    void theFollowerTakesOverWhenTheLeaderIsKilledAndAtOnceWhenItEndsInOrder() throws Exception {
        Path dataDir = folder.resolve("data");
        Process first = services.start(dataDir, "--port", "0");
        ServiceFile led = services.leads(first, dataDir);
        Process second = services.start(dataDir, "--port", "0");
        services.says(second, "It follows the leader at " + led.url().orElseThrow() + "; takes over if it is gone.");
        assertThat(ServiceFile.read(dataDir)).contains(led);
        String dataset = services.upload(led, "a,b\n1,2\n".getBytes()).body();
        long begin = System.nanoTime();
        first.destroyForcibly().waitFor();
        ServiceFile taken = services.leads(second, dataDir);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TAKEOVER);
        assertThat(taken.key()).isEqualTo(led.key());
        assertThat(dataset).contains("ds_");
        assertThat(services.get(taken, "/api/v1/runs").statusCode()).isEqualTo(200);
        Process third = services.start(dataDir, "--port", "0");
        services.says(third, "It follows the leader");
        begin = System.nanoTime();
        assertThat(services.post(taken, "/api/v1/shutdown", "{}").statusCode()).isEqualTo(202);
        services.leads(third, dataDir);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(9));
        assertThat(services.ended(second, Duration.ofSeconds(30))).isZero();
        assertThat(ServiceFile.read(dataDir).flatMap(ServiceFile::pid)).contains(third.pid());
    }

    @Test
    void aLeaderThatWasStoppedPastItsLeaseEndsWhenItComesBack() throws Exception {
        Path dataDir = folder.resolve("data");
        Process first = services.start(dataDir, "--port", "0");
        services.leads(first, dataDir);
        Process second = services.start(dataDir, "--port", "0");
        services.says(second, "It follows the leader");
        Services.signal("STOP", first.pid());
        ServiceFile taken = services.leads(second, dataDir);
        Services.signal("CONT", first.pid());
        assertThat(services.ended(first, Duration.ofSeconds(30))).isEqualTo(ExitCode.LEAD_LOST);
        assertThat(services.said(first)).contains("another service, at " + taken.url().orElseThrow() + ", took over").doesNotContain("\tat ");
        assertThat(ServiceFile.read(dataDir)).contains(taken);
        assertThat(services.get(taken, "/q/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void aRunThatAFollowerAcceptedGoesOnWhenTheLeaderIsKilled() throws Exception {
        Path dataDir = folder.resolve("data");
        Process first = services.start(dataDir, "--port", "0");
        ServiceFile led = services.leads(first, dataDir);
        Process second = services.start(dataDir, "--port", "0");
        services.says(second, "It follows the leader");
        ServiceFile follower = new ServiceFile(Optional.of(addressOf(second)), Optional.of(second.pid()), led.key());
        String run = run(follower);
        trialsHaveEnded(follower, run, 5);
        first.destroyForcibly().waitFor();
        ServiceFile taken = services.leads(second, dataDir);

        finishedWithEveryPromiseKept(taken, run);
    }

    @Test
    void aRunGoesOnWhenTheLeaderStandsStillAndNothingOfItCountsWhenItComesBack() throws Exception {
        Path dataDir = folder.resolve("data");
        Process first = services.start(dataDir, "--port", "0");
        ServiceFile led = services.leads(first, dataDir);
        Process second = services.start(dataDir, "--port", "0");
        services.says(second, "It follows the leader");
        String run = run(led);
        trialsHaveEnded(led, run, 5);
        Services.signal("STOP", first.pid());
        ServiceFile taken = services.leads(second, dataDir);
        trialsHaveEnded(taken, run, 10);
        Services.signal("CONT", first.pid());

        assertThat(services.ended(first, Duration.ofSeconds(30))).isEqualTo(ExitCode.LEAD_LOST);
        finishedWithEveryPromiseKept(taken, run);
    }

    private String addressOf(Process service) throws Exception {
        Matcher address = Pattern.compile("Tunesmith answers at (\\S+)").matcher(services.said(service));
        assertThat(address.find()).isTrue();
        return address.group(1);
    }

    private String run(ServiceFile service) throws Exception {
        String data = field("id", services.upload(service, Files.readAllBytes(Path.of("eval/examples/penguins.csv"))).body());
        return field("id", services.post(service, "/api/v1/runs", "{\"prompt\":\"Predict the species.\",\"target\":\"species\",\"data_id\":\"" + data
                + "\",\"seed\":1,\"budget\":{\"trials\":40,\"seconds\":600}}").body());
    }

    private static String field(String name, String json) {
        Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        assertThat(field.find()).as(json).isTrue();
        return field.group(1);
    }

    private void trialsHaveEnded(ServiceFile service, String run, int number) throws Exception {
        Pattern ended = Pattern.compile("\"state\":\"(succeeded|pruned|infeasible|failed)\"");
        long until = System.nanoTime() + RUN.toNanos();
        while (ended.matcher(services.get(service, "/api/v1/runs/" + run + "/trials").body()).results().count() < number) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(50);
        }
    }

    private void finishedWithEveryPromiseKept(ServiceFile service, String run) throws Exception {
        long until = System.nanoTime() + RUN.toNanos();
        String audit = "";
        while (!audit.contains("\"status\":\"succeeded\"") || !audit.contains("\"violations\":[]")) {
            assertThat(System.nanoTime()).as(audit).isLessThan(until);
            Thread.sleep(100);
            audit = services.get(service, "/api/v1/runs/" + run + "/audit").body();
        }
        assertThat(audit).contains("\"trials\":40");
    }

    @Test
    void onlyServicesOnTheSameDatabaseShareADataFolder() throws Exception {
        Path dataDir = folder.resolve("data");
        services.leads(services.start(dataDir, "--port", "0"), dataDir);
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            connection.createStatement().execute("create database other");
        }
        try (Services others = new Services(folder.resolve("database"), environment(database.url().replace("/postgres", "/other"))); Services own = new Services(dataDir, Map.of("TUNESMITH_DB_URL", ""))) {
            Process other = others.start(dataDir, "--port", "0");
            assertThat(others.ended(other, Duration.ofSeconds(60))).isEqualTo(ExitCode.REFUSED);
            assertThat(others.said(other)).contains("services on another database use").doesNotContain("\tat ");
            Process alone = own.start(dataDir, "--port", "0");
            assertThat(own.ended(alone, Duration.ofSeconds(60))).isEqualTo(ExitCode.REFUSED);
            assertThat(own.said(alone)).contains("already running");
        }
    }

    @Test
    void aSchemaOfANewerVersionIsRefusedInASentence() throws Exception {
        Path dataDir = folder.resolve("data");
        Process first = services.start(dataDir, "--port", "0");
        ServiceFile file = services.leads(first, dataDir);
        services.post(file, "/api/v1/shutdown", "{}");
        services.ended(first, Duration.ofSeconds(30));
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            connection.createStatement().execute("insert into flyway_schema_history select 1000, '999', 'newer', type, 'V999__newer.sql', 1, installed_by, installed_on, 1, true from flyway_schema_history limit 1");
        }
        Process second = services.start(dataDir, "--port", "0");
        assertThat(services.ended(second, Duration.ofSeconds(60))).isEqualTo(ExitCode.DATA);
        assertThat(services.said(second)).contains("another version of Tunesmith").doesNotContain("\tat ");
        assertThat(ServiceFile.read(dataDir).flatMap(ServiceFile::url)).isEqualTo(Optional.empty());
    }

    @Test
    void aBackupIsRestoredIntoAnEmptyDatabaseThatTheEnvironmentNamesAndIntoNoOther() throws Exception {
        Path dataDir = folder.resolve("data");
        ServiceFile file = services.leads(services.start(dataDir, "--port", "0"), dataDir);
        services.upload(file, "a,b\n1,2\n".getBytes());
        Path backup = folder.resolve("backup.tar");
        assertThat(services.download(file, "/api/v1/backup", backup).statusCode()).isEqualTo(200);
        Process refused = services.start(folder.resolve("restored"), "--restore", backup.toString());
        assertThat(services.ended(refused, Duration.ofSeconds(60))).isEqualTo(ExitCode.REFUSED);
        assertThat(services.said(refused)).contains("the database is not empty").doesNotContain("\tat ");
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            connection.createStatement().execute("create database fresh");
        }
        Path restored = folder.resolve("restored");
        try (Services others = new Services(folder.resolve("database"), environment(database.url().replace("/postgres", "/fresh")))) {
            Process restore = others.start(restored, "--restore", backup.toString());
            assertThat(others.ended(restore, Duration.ofSeconds(60))).as(others.said(restore)).isZero();
            ServiceFile there = others.leads(others.start(restored, "--port", "0"), restored);
            assertThat(others.upload(there, "a,b\n1,2\n".getBytes()).statusCode()).isEqualTo(201);
            assertThat(Files.list(restored.resolve("datasets"))).hasSize(2);
            assertThat(others.get(new ServiceFile(there.url(), there.pid(), file.key()), "/api/v1/runs").statusCode()).isEqualTo(200);
        }
    }

    private Map<String, String> environment(String url) {
        return Map.of("TUNESMITH_DB_URL", url, "TUNESMITH_DB_USER", database.user(), "TUNESMITH_DB_PASSWORD", database.password());
    }
}
