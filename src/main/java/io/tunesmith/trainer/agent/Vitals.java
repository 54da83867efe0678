package io.tunesmith.trainer.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process's resident memory, as Linux tells it in /proc; 0 where it does not. */
final class Vitals {
    private static final Path STATUS = Path.of("/proc/self/status");

    private Vitals() {}

    static long residentBytes() {
        return read("VmRSS:");
    }

    static long peakBytes() {
        return read("VmHWM:");
    }

    /** Begins a new peak, so that an earlier attempt of the same process does not count; where that is not allowed the peak stays. */
    static void resetPeak() {
        try {
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        } catch (IOException | SecurityException e) {
            System.err.println("the memory peak includes earlier work of this process");
        }
    }

    private static long read(String key) {
        try {
            return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElse(0);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
