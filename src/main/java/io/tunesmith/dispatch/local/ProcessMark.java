package io.tunesmith.dispatch.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells a process from every other that has or had its id: the id, and when it was started (clock ticks since the machine's start, and which start of the
 * machine that was). Where there is no /proc, the start's instant. Immutable.
 */
record ProcessMark(long pid, String started) {
    private static final int START_TIME = 20;

    /** The mark of a living process. */
    static Optional<ProcessMark> of(long pid) {
        return started(pid).map(started -> new ProcessMark(pid, started));
    }

    boolean alive() {
        return handle().isPresent();
    }

    /** The process, if it lives. */
    Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(_ -> started(pid).filter(started::equals).isPresent());
    }

    private static Optional<String> started(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The second field is the program's name in brackets and may hold anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[0].equals("Z") ? Optional.empty() : Optional.of(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + ":" + fields[START_TIME - 1]);
        } catch (IOException | IndexOutOfBoundsException e) {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).flatMap(handle -> handle.info().startInstant()).map(Object::toString);
        }
    }
}
