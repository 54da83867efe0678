package io.tunesmith.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Looks into {@code /proc} for the processes of a benchmark's scratch folder: only those whose command line or environment names that folder are ever touched. */
record Processes(Path folder) {
    private static final Path PROC = Path.of("/proc");
    private static final String MARK = "TUNESMITH_WORKER=";

    /** All processes of the folder, this one and those that started it left out. */
    List<Long> all() {
        return ids().filter(pid -> names(pid) && !own(pid)).toList();
    }

    /** Those that work on attempts. */
    List<Long> workers() {
        return ids().filter(pid -> names(pid) && read(pid, "environ").contains(MARK)).toList();
    }

    /** Those that a service's local backend has given an attempt to. */
    List<Long> busy(Path dataDir) {
        List<Long> workers = workers();
        try (Stream<Path> marks = Files.list(dataDir.resolve("logs/jobs"))) {
            return marks.flatMap(mark -> first(mark).stream()).filter(workers::contains).distinct().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<Long> first(Path mark) {
        try {
            return Optional.of(Long.parseLong(Files.readAllLines(mark).getFirst()));
        } catch (IOException | NumberFormatException | java.util.NoSuchElementException e) {
            return Optional.empty();
        }
    }

    /** The PostgreSQL of a service of this folder. */
    Optional<Long> postmaster(Path dataDir) {
        try {
            long pid = Long.parseLong(Files.readAllLines(dataDir.resolve("postgres/postmaster.pid")).getFirst().strip());
            return Optional.of(pid).filter(_ -> names(pid) && read(pid, "cmdline").contains("postgres"));
        } catch (IOException | NumberFormatException | java.util.NoSuchElementException e) {
            return Optional.empty();
        }
    }

    /** Sends KILL, STOP or CONT to a process of the folder. */
    boolean signal(String name, long pid) {
        if (!names(pid)) {
            return false;
        }
        try {
            return new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + pid).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What is left of the folder's processes after at most so many seconds. */
    List<Long> left(int seconds) throws InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds); !all().isEmpty() && System.nanoTime() < end;) {
            Thread.sleep(100);
        }
        return all();
    }

    String describe(long pid) {
        String command = read(pid, "cmdline").replace('\0', ' ');
        return pid + ": " + command.substring(Math.max(0, command.length() - 160));
    }

    private boolean names(long pid) {
        return read(pid, "cmdline").contains(folder.toString());
    }

    private static boolean own(long pid) {
        return Stream.iterate(Optional.of(ProcessHandle.current()), Optional::isPresent, process -> process.flatMap(ProcessHandle::parent)).anyMatch(process -> process.orElseThrow().pid() == pid);
    }

    private static Stream<Long> ids() {
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes.map(path -> path.getFileName().toString()).filter(name -> name.matches("\\d+")).map(Long::valueOf).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(long pid, String name) {
        try {
            return new String(Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve(name)), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
