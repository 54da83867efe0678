package io.tunesmith.dispatch.local;

import io.tunesmith.dispatch.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Signs that a process ended for want of memory: the kernel's count of kills in our control group, and its own last words. Pure but for reading. */
final class OutOfMemory {
    private static final int TAIL = 16 * 1024;
    private static final List<String> WORDS = List.of("OutOfMemoryError", "insufficient memory for the Java Runtime", "Out of Memory Error");

    private OutOfMemory() {}

    /** How often the kernel has killed for memory in our control group; 0 where that cannot be known. */
    static long kills() {
        try {
            String group = Files.readString(Path.of("/proc/self/cgroup")).lines().filter(line -> line.startsWith("0::")).findFirst().orElse("0::/").substring("0::".length());
            return Files.readString(Path.of("/sys/fs/cgroup", group, "memory.events")).lines()
                    .filter(line -> line.startsWith("oom_kill ")).mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length()).strip())).findFirst().orElse(0);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    static boolean toldIn(Path file) {
        try {
            String text = Files.size(file) > TAIL ? LogFile.read(file, Files.size(file) - TAIL, TAIL).text() : Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
            return WORDS.stream().anyMatch(text::contains);
        } catch (IOException e) {
            return false;
        }
    }
}
