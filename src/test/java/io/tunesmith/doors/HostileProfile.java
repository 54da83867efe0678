package io.tunesmith.doors;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.UriCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The service of {@link ServiceTestProfile} with one folder from which data may be named, so that there is a way that could lead out of it: beside the folder
 * lies a table that nobody may read, and in the folder a link to that table.
 */
public final class HostileProfile implements QuarkusTestProfile {
    /** In the table outside, and nowhere else. */
    static final String CANARY = "umbrawren";
    static final Path ALLOWED = Path.of("target/hostile/allowed").toAbsolutePath();
    static final Path OUTSIDE = Path.of("target/hostile/outside.csv").toAbsolutePath();
    static final String LINK = "way-out.csv";
    private final ServiceTestProfile service = new ServiceTestProfile();

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return service.getEnabledAlternatives();
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        UriCheck.leaveToTheGate();
        lay();
        Map<String, String> settings = new LinkedHashMap<>(service.getConfigOverrides());
        settings.put("tunesmith.data.roots[0]", ALLOWED.toString());
        return settings;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return service.testResources();
    }

    private static void lay() {
        try {
            Files.createDirectories(ALLOWED);
            Files.writeString(ALLOWED.resolve("inside.csv"), "a,b\n1,2\n");
            Files.writeString(OUTSIDE, CANARY + "," + CANARY + "_b\n" + CANARY + ",1\n");
            Files.deleteIfExists(ALLOWED.resolve(LINK));
            Files.createSymbolicLink(ALLOWED.resolve(LINK), OUTSIDE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
