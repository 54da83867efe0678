package io.tunesmith.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tunesmith.api.rest.Hosts;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Ids;
import io.tunesmith.postgres.DataFolder;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Makes the plain objects that beans are built from. */
@Singleton
final class Producers {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
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

    /** The JSON of every native answer. */
    @Produces
    @Singleton
    ObjectMapper json() {
        return WireJson.MAPPER;
    }
}
