package io.tunesmith.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process uses, from {@code /proc}. */
record ProcessUse(long pid) {
    private static final double TICKS_A_SECOND = 100;

    static ProcessUse own() {
        return new ProcessUse(ProcessHandle.current().pid());
    }

    /** Resident memory in MB (2^20 bytes). */
    double residentMegabytes() throws IOException {
        return Files.readAllLines(proc("status")).stream().filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum() / 1024.0;
    }

    /** Processor seconds so far. */
    double processorSeconds() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }

    private Path proc(String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }
}
