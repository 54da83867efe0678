package io.tunesmith.dispatch.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A child process with an environment of allowed names only, in a session of its own where possible. Its standard output is read line by line, its
 * standard error goes to a file of its own. No process that it started survives it. Thread-safe: immutable but for the process itself.
 */
final class Child {
    private static final Set<String> ALLOWED = Set.of("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME", "LD_LIBRARY_PATH");
    private static final int MOST_KEPT = 1 << 20;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private final Process process;
    private final boolean ownGroup;
    private final Path words;
    private final String cookie;
    private final CountDownLatch over = new CountDownLatch(1);

    private Child(Process process, boolean ownGroup, Path words, String cookie) {
        this.cookie = cookie;
        this.process = process;
        this.ownGroup = ownGroup;
        this.words = words;
    }

    /**
     * @param extra environment that it gets besides
     * @param cookie what marks it and all that it starts
     * @param words the file for its standard error
     * @param heard called with each line of its standard output; what it does not take is written to {@code words}, the first megabyte of it
     * @param gone called once, when the process has ended and all its output was heard; from a virtual thread, as is {@code heard}
     */
    static Child start(CommandLine command, Map<String, String> extra, String cookie, Path words, Predicate<String> heard, Consumer<Child> gone) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.words()).redirectError(ProcessBuilder.Redirect.appendTo(words.toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(ALLOWED);
        environment.put("OMP_NUM_THREADS", "1");
        environment.put("OMP_WAIT_POLICY", "passive");
        environment.putAll(extra);
        environment.put(Kin.VARIABLE, cookie);
        Child child = new Child(builder.start(), command.ownGroup(), words, cookie);
        Thread listening = Thread.ofPlatform().daemon().name("child-" + child.process.pid()).start(() -> child.listen(heard));
        Thread.ofVirtual().start(() -> child.seeOut(listening, gone));
        return child;
    }

    private void listen(Predicate<String> heard) {
        try (Lines lines = new Lines(process.getInputStream())) {
            int kept = 0;
            for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
                if (!heard.test(line.strip()) && kept < MOST_KEPT) {
                    Files.writeString(words, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    kept += line.length();
                }
            }
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }

    /** Once it has ended, what it started ends too, and with it the last holder of its output. */
    private void seeOut(Thread listening, Consumer<Child> gone) {
        process.onExit().join();
        if (ownGroup) {
            Signals.killGroup(process.pid());
        }
        Kin.kill(cookie);
        try {
            listening.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            gone.accept(this);
        } finally {
            over.countDown();
        }
    }

    void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Nothing more will be said to it. */
    void hangUp() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Of an ended process; 128 and the signal's number if a signal ended it. */
    int exitCode() {
        return process.exitValue();
    }

    /** What marks it and all that it started. */
    String cookie() {
        return cookie;
    }

    Path words() {
        return words;
    }

    /** TERM now, KILL after {@code grace} to it and all that it started. Asynchronous. */
    void end(Duration grace) {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        Thread.ofVirtual().start(() -> {
            waitFor(grace);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            family.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    /** Until it has ended, and whoever waited for that has done what was to be done. */
    void waitUntilOver(Duration limit) {
        try {
            over.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean waitFor(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
