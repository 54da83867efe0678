package io.tunesmith.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.core.FailureCode;
import io.tunesmith.postgres.embedded.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The lease on a real PostgreSQL, with leases that tests can wait for. */
class PostgresLeaderTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofHours(1);
    private static final PGSimpleDataSource DATABASE = new PGSimpleDataSource();
    private static PostgresServer server;

    @TempDir
    static Path dataDir;

    private final List<String> happened = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start(dataDir, Path.of("target/postgres").toAbsolutePath());
        DATABASE.setUrl(server.url());
        DATABASE.setUser(server.user());
        DATABASE.setPassword(server.password());
        execute(Files.readString(Path.of("src/main/resources/db/migration/V4__leader.sql")));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void nobodyLeads() throws Exception {
        execute("update leader set until = '-infinity'");
    }

    @Test
    void theFirstLeadsAndTheOtherKnowsWhere() throws Exception {
        PostgresLeader first = leader("http://first", LONG);
        PostgresLeader second = leader("http://second", LONG);
        first.campaign(false);
        second.campaign(false);
        assertThat(first.leads()).isTrue();
        assertThat(second.leads()).isFalse();
        assertThat(second.leader()).contains("http://first");
        assertThat(second.notLeading().code()).isEqualTo(FailureCode.NOT_LEADER);
        assertThat(second.notLeading().message()).contains("http://first");
        assertThat(happened).containsExactly("http://first leads");
    }

    @Test
    void ofManyAtOnceOneLeads() throws Exception {
        List<PostgresLeader> leaders = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> campaigns = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                PostgresLeader leader = leader("http://" + i, LONG);
                leaders.add(leader);
                campaigns.add(threads.submit(() -> {
                    leader.campaign(false);
                    return true;
                }));
            }
            for (Future<?> campaign : campaigns) {
                campaign.get();
            }
        }
        assertThat(leaders).filteredOn(PostgresLeader::leads).hasSize(1);
    }

    @Test
    void aLeaderThatPausedGoesOnUnderItsTermIfNobodyTookOver() throws Exception {
        PostgresLeader leader = leader("http://first", SHORT);
        leader.campaign(false);
        OptionalLong term = leader.term();
        Thread.sleep(SHORT.plusMillis(100));
        leader.campaign(false);
        assertThat(leader.term()).isEqualTo(term);
        assertThat(happened).containsExactly("http://first leads");
    }

    @Test
    void aLeaderThatWasOvertakenHasLostForGood() throws Exception {
        PostgresLeader first = leader("http://first", SHORT);
        PostgresLeader second = leader("http://second", LONG);
        first.campaign(false);
        Thread.sleep(SHORT.plusMillis(100));
        second.campaign(false);
        assertThat(second.term().getAsLong()).isGreaterThan(first.term().getAsLong());
        first.campaign(false);
        assertThat(first.leads()).isFalse();
        assertThat(first.leader()).contains("http://second");
        execute("update leader set until = '-infinity'");
        first.campaign(false);
        assertThat(first.leads()).isFalse();
        assertThat(happened).containsExactly("http://first leads", "http://second leads", "http://first lost");
    }

    @Test
    void aServiceAloneOnItsDatabaseDoesNotWaitForTheLeaseOfOneThatWasKilled() throws Exception {
        leader("http://killed", LONG).campaign(true);
        PostgresLeader next = leader("http://next", LONG);
        next.campaign(true);
        assertThat(next.leads()).isTrue();
    }

    @Test
    void aLeaderThatEndsInOrderIsFollowedAtOnce() throws Exception {
        PostgresLeader first = leader("http://first", LONG);
        first.campaign(false);
        first.release();
        PostgresLeader second = leader("http://second", LONG);
        second.campaign(false);
        assertThat(second.leads()).isTrue();
        first.campaign(false);
        assertThat(first.leads()).isFalse();
        assertThat(happened).containsExactly("http://first leads", "http://second leads");
    }

    @Test
    void aRenewalDoesNotWaitForAWriterAndATakeoverDoes() throws Exception {
        PostgresLeader first = leader("http://first", SHORT);
        first.campaign(false);
        try (Connection writer = DATABASE.getConnection(); ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            writer.setAutoCommit(false);
            writer.createStatement().executeQuery("select 1 from leader where term = " + first.term().getAsLong() + " for key share");
            CompletableFuture.runAsync(() -> campaign(first), thread).get(5, TimeUnit.SECONDS);
            Thread.sleep(SHORT.plusMillis(100));
            PostgresLeader second = leader("http://second", LONG);
            CompletableFuture<Void> takeover = CompletableFuture.runAsync(() -> campaign(second), thread);
            Thread.sleep(300);
            assertThat(takeover).isNotDone();
            writer.commit();
            takeover.get(5, TimeUnit.SECONDS);
            assertThat(second.leads()).isTrue();
        }
    }

    private PostgresLeader leader(String url, Duration lease) {
        PostgresLeader leader = new PostgresLeader(DATABASE, url, lease, Runnable::run);
        leader.onLead(() -> happened.add(url + " leads"));
        leader.onLost(() -> happened.add(url + " lost"));
        return leader;
    }

    private static void campaign(PostgresLeader leader) {
        try {
            leader.campaign(false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DATABASE.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }
}
