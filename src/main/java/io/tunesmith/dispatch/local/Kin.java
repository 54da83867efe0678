package io.tunesmith.dispatch.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * Finds what a child started, also what left its session and its parent (a double fork): every process inherits its environment, and in it the cookie of
 * the child. Where there is no /proc nothing is found; the child's group is killed all the same.
 */
final class Kin {
    static final String VARIABLE = "TUNESMITH_WORKER";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ROUNDS = 5;

    private Kin() {}

    static String cookie() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Kills every process with this cookie, again until none is left: one may be forking while it is looked for. */
    static void kill(String cookie) {
        byte[] mark = (VARIABLE + "=" + cookie).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < ROUNDS && killOnce(mark); i++) {
            Thread.onSpinWait();
        }
    }

    private static boolean killOnce(byte[] mark) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes.filter(process -> process.getFileName().toString().matches("\\d+")).filter(process -> has(process, mark))
                    .map(process -> ProcessHandle.of(Long.parseLong(process.getFileName().toString())).filter(ProcessHandle::destroyForcibly).isPresent())
                    .reduce(false, Boolean::logicalOr);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean has(Path process, byte[] mark) {
        try {
            String environment = new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
            return Stream.of(environment.split("\0")).anyMatch(new String(mark, StandardCharsets.ISO_8859_1)::equals);
        } catch (IOException e) {
            return false;
        }
    }
}
