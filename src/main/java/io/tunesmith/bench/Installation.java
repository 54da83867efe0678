package io.tunesmith.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the product's programs are started: as its launcher and its command line do, without going through them, so that the process that is started is the
 * program itself and can be killed.
 *
 * @param app the packaged application
 * @param launcher the launcher's path
 */
record Installation(Path app, Path launcher) {

    static Installation here() {
        return new Installation(Path.of(System.getProperty("tunesmith.home", "target/quarkus-app")).toAbsolutePath(), Path.of(System.getProperty("tunesmith.launcher", "./tunesmith")).toAbsolutePath());
    }

    Path example() {
        return launcher.resolveSibling("eval/examples/penguins.csv");
    }

    /** Source files that are run by other programs. */
    Path source(String path) {
        return launcher.resolveSibling(path);
    }

    List<String> service(Path dataDir, NoopObjective objective, List<String> options) {
        return service(dataDir, Optional.of(objective), options);
    }

    /** @param objective absent: the trials are real */
    List<String> service(Path dataDir, Optional<NoopObjective> objective, List<String> options) {
        List<String> command = new ArrayList<>(List.of(java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m", "-Xss512k", "-XX:MaxMetaspaceSize=160m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        objective.ifPresent(noop -> command.add("-D" + NoopObjective.PROPERTY + "=" + noop.property()));
        Path cache = app.resolve("service.aot");
        if (Files.exists(cache)) {
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=error:stderr"));
        }
        command.addAll(List.of("-jar", app.resolve("quarkus-run.jar").toString(), "--data-dir", dataDir.toString()));
        command.addAll(options);
        return command;
    }

    List<String> agent(Path dataDir, NoopObjective objective, List<String> options) {
        List<String> command = new ArrayList<>(List.of(java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx128m", "-D" + NoopObjective.PROPERTY + "=" + objective.property(),
                "-Dtunesmith.home=" + app, "-cp", app + "/app/*:" + app + "/lib/main/*:" + app + "/lib/boot/*", "io.tunesmith.agent.AgentMain", "--data-dir", dataDir.toString()));
        command.addAll(options);
        return command;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
