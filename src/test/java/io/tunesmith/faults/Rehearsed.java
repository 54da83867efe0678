package io.tunesmith.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The JVM's ahead-of-time cache of the packaged service, made once a build as the launcher makes it: a service then starts in half the time. */
final class Rehearsed {
    static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    private static final Path CACHE = JAR.resolveSibling("service.aot");

    private Rehearsed() {}

    static synchronized Path cache() throws Exception {
        if (!Files.exists(CACHE) || Files.getLastModifiedTime(CACHE).compareTo(Files.getLastModifiedTime(JAR)) < 0) {
            ProcessBuilder builder = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m",
                    "-XX:AOTCacheOutput=" + CACHE, "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-jar", JAR.toString(), "--rehearse"))
                    .redirectErrorStream(true).redirectOutput(Path.of("target/rehearsal.log").toFile());
            builder.environment().put("XDG_CACHE_HOME", Path.of("target/cache").toAbsolutePath().toString());
            assertThat(builder.start().waitFor(120, TimeUnit.SECONDS)).isTrue();
        }
        return CACHE;
    }
}
