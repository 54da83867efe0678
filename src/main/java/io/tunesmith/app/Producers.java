package io.tunesmith.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tunesmith.api.mcp.ProtocolJson;
import io.tunesmith.api.rest.BodyLimit;
import io.tunesmith.api.rest.Hosts;
import io.tunesmith.api.rest.People;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Ids;
import io.tunesmith.postgres.DataFolder;
import io.tunesmith.postgres.PostgresLeader;
import io.tunesmith.run.Allowances;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** Makes the plain objects that beans are built from. */
@Singleton
final class Producers {
    private static final Duration LEASE = Duration.ofSeconds(10);

    @Produces
    @Singleton
    Clock clock(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement(); ResultSet now = statement.executeQuery("select clock_timestamp()")) {
            now.next();
            return new ServiceClock(now.getObject(1, OffsetDateTime.class).toInstant(), System::nanoTime);
        }
    }

    @Produces
    @Singleton
    PostgresLeader leader(DataSource database, ServiceConfig config) {
        return new PostgresLeader(database, config.url(), LEASE, Executors.newSingleThreadExecutor(Thread.ofVirtual().name("leading").factory()));
    }

    @Produces
    @Singleton
    Ids ids(Clock clock) {
        return new Ids(clock, new SecureRandom()::nextLong);
    }

    @Produces
    @Singleton
    DataFolder dataFolder(ServiceConfig config) {
        return new DataFolder(config.dataDir());
    }

    @Produces
    @Singleton
    Hosts hosts(ServiceConfig config) {
        return new Hosts(Set.copyOf(config.allowedHosts().orElse(List.of())));
    }

    @Produces
    @Singleton
    BodyLimit bodyLimit(ServiceConfig config) {
        return new BodyLimit(config.limits().jsonBytes());
    }

    @Produces
    @Singleton
    People people(ServiceConfig config, Allowances allowances, Clock clock) {
        return new OidcPeople(config.oidc().issuer(), config.oidc().audience().orElse(""), allowances, clock, System::nanoTime);
    }

    /** The JSON of every native answer. */
    @Produces
    @Singleton
    ObjectMapper json() {
        return ProtocolJson.beside(WireJson.MAPPER);
    }
}
