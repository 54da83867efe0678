package io.tunesmith.dispatch.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How the local backend works.
 *
 * @param slots attempts at once; with 0 one at a time, and only what must not leave this machine
 * @param command java, its flags, classpath and the worker's main class; if it sets {@code -Xmx} itself, that holds for every attempt, else the heap is half
 *     of the memory that the attempt may use
 * @param folder for the processes' own words and the marks of running jobs; attempts write their own logs into their own folders
 * @param warm whether JVMs are kept between the attempts of one affinity ({@code --warm}); else one process an attempt
 * @param spares JVMs, counting those of running affinities, that are kept ready; 0 starts each only when it is needed
 * @param memoryBytes what attempts may usually use, for JVMs that are started before any asks
 * @param idle a JVM without work for so long ends
 * @param limitData where the heap is ours to set: whether the operating system, where it can ({@code prlimit}), refuses data beyond twice the attempt's memory and a gigabyte: a last
 *     line, far behind the worker's own watch
 * @param gpus the GPUs that attempts may have, each as CUDA_VISIBLE_DEVICES names it (an index or an id); an attempt sees only those that it was given, and
 *     one that asked for some always gets a process of its own
 */
public record LocalSettings(int slots, List<String> command, Path folder, boolean warm, int spares, long memoryBytes, Duration idle, boolean limitData, List<String> gpus) {
    public LocalSettings {
        if (slots < 0 || spares < 0 || command.isEmpty() || memoryBytes <= 0 || idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException("local backend: " + slots + " slots, " + spares + " spares, command of " + command.size() + " words, " + memoryBytes + " bytes, idle " + idle);
        }
        command = List.copyOf(command);
        gpus = List.copyOf(gpus);
        folder = folder.toAbsolutePath();
    }

    /** Without GPUs. */
    public LocalSettings(int slots, List<String> command, Path folder, boolean warm, int spares, long memoryBytes, Duration idle, boolean limitData) {
        this(slots, command, folder, warm, spares, memoryBytes, idle, limitData, List.of());
    }

    /** Warm, one spare a slot, a gigabyte an attempt. */
    public static LocalSettings of(int slots, List<String> command, Path folder) {
        return new LocalSettings(slots, command, folder, true, slots, 1L << 30, Duration.ofMinutes(15), true);
    }

    public LocalSettings cold() {
        return new LocalSettings(slots, command, folder, false, 0, memoryBytes, idle, limitData, gpus);
    }

    public LocalSettings withSpares(int number) {
        return new LocalSettings(slots, command, folder, warm, number, memoryBytes, idle, limitData, gpus);
    }

    public LocalSettings withIdle(Duration limit) {
        return new LocalSettings(slots, command, folder, warm, spares, memoryBytes, limit, limitData, gpus);
    }

    /** How many may run at once. */
    int atOnce() {
        return Math.max(1, slots);
    }

    /** Whether the command itself says how large the heap is. */
    boolean heapIsFixed() {
        return command.stream().anyMatch(word -> word.startsWith("-Xmx"));
    }
}
