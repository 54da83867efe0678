package io.tunesmith.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one benchmark. Closing ends every process that names it and deletes it; an end by a signal does too. */
record Scratch(Path folder, boolean keep, Thread hook) implements AutoCloseable {

    static Scratch below(Path parent) throws IOException {
        return below(parent, false);
    }

    /** @param keep whether its files stay */
    static Scratch below(Path parent, boolean keep) throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(parent.toAbsolutePath()), "tunesmith-bench-");
        Thread hook = new Thread(() -> clear(folder, keep));
        Runtime.getRuntime().addShutdownHook(hook);
        return new Scratch(folder, keep, hook);
    }

    Processes processes() {
        return new Processes(folder);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        clear(folder, keep);
    }

    private static void clear(Path folder, boolean keep) {
        Processes processes = new Processes(folder);
        for (List<Long> left = processes.all(); !left.isEmpty(); left = processes.all()) {
            left.forEach(pid -> processes.signal("KILL", pid));
        }
        if (keep) {
            System.err.println("kept: " + folder);
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println(folder + " stays: " + e.getMessage());
        }
    }
}
