package io.tunesmith.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --data-dir}, and where the data folder is when it is not given. */
public final class DataDir {
    @Option(names = "--data-dir", paramLabel = "DIR", description = "Data folder of the service (default: $TUNESMITH_HOME, else $XDG_DATA_HOME/tunesmith, else ~/.local/share/tunesmith).")
    Optional<Path> given = Optional.empty();

    /** The folder, absolute. */
    public Path path() {
        return given.orElseGet(() -> standard(System.getenv(), Path.of(System.getProperty("user.home")))).toAbsolutePath().normalize();
    }

    static Path standard(Map<String, String> environment, Path home) {
        return named(environment, "TUNESMITH_HOME")
                .or(() -> named(environment, "XDG_DATA_HOME").map(folder -> folder.resolve("tunesmith")))
                .orElse(home.resolve(".local/share/tunesmith"));
    }

    private static Optional<Path> named(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank()).map(Path::of);
    }
}
