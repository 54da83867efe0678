package io.tunesmith.app;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The service on a PostgreSQL of its own, that does not lead and so walks no run, with a dispatcher written by hand. */
public final class ServiceTestProfile implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(FakeDispatch.class);
    }

    /** A class of tests sends more in a minute than a person's key may. */
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("tunesmith.limits.requests-per-minute", "1000000");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(PostgresResource.class));
    }
}
