package io.tunesmith.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What /proc tells of processes that are not our children any more. */
final class Processes {
    private Processes() {}

    /** Living processes whose environment has this variable. @param assignment {@code NAME=value} */
    static List<Long> with(String assignment) {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.map(path -> path.getFileName().toString()).filter(name -> name.matches("\\d+")).map(Long::valueOf)
                    .filter(pid -> environment(pid).anyMatch(assignment::equals)).filter(Processes::alive).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Whether the local backend started it, or something that it started did. */
    static boolean isWorker(long pid) {
        return environment(pid).anyMatch(variable -> variable.startsWith("TUNESMITH_WORKER="));
    }

    private static Stream<String> environment(long pid) {
        try {
            return Stream.of(Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1).split("\0"));
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** Empty of one that is gone. */
    static String command(long pid) throws IOException {
        Path file = Path.of("/proc/" + pid + "/cmdline");
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ') : "";
    }

    /** Neither gone nor waiting for its parent to take note. */
    static boolean alive(long pid) {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1).contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    static void signal(String name, long pid) throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor() != 0) {
            throw new IllegalStateException("no process " + pid);
        }
    }
}
