package io.tunesmith.trainer.agent;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The first act: asks the service, or without one the folder (a file {@code claim.json}, or {@code claim-<restarts>.json} of a process that the
 * engine started again, which is created or refused), to be the process that works on the attempt. Before that nothing is written. A service
 * that cannot be reached within a minute counts as a refusal: unclaimed work must not run.
 */
final class Claiming {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AttemptFiles files;
    private final Optional<Service> service;

    Claiming(AttemptFiles files, Optional<Service> service) {
        this.files = files;
        this.service = service;
    }

    Claim.Answer claim(AttemptSpec spec) throws IOException {
        Claim claim = new Claim(spec.n(), nonce(), node(), ProcessHandle.current().pid(), restarts());
        Claim.Answer answer = service.isPresent() ? byService(claim, service.get()) : byFile(claim);
        if (service.isPresent() && answer instanceof Claim.Answer.Granted) {
            record(claim);
        }
        return answer;
    }

    /** For people, and for a service that lost its memory: the grant holds without it. */
    private void record(Claim claim) {
        try {
            Wire.writeFile(files.claim(claim.restarts()), claim);
        } catch (UncheckedIOException e) {
            System.err.println("the claim could not be written: " + e.getMessage());
        }
    }

    private static Claim.Answer byService(Claim claim, Service service) {
        return switch (service.post("/claim", claim, PATIENCE)) {
            case Service.Reply.Accepted accepted -> granted(accepted.body());
            case Service.Reply.Refused refused -> new Claim.Answer.Refused("status " + refused.status());
            case Service.Reply.Rejected rejected -> new Claim.Answer.Refused("status " + rejected.status());
            case Service.Reply.Unreachable unreachable -> new Claim.Answer.Refused("the service does not answer: " + unreachable.reason());
        };
    }

    private static Claim.Answer granted(String body) {
        try {
            return Wire.read(body, Claim.Answer.Granted.class);
        } catch (FailureException e) {
            return new Claim.Answer.Refused("the service's answer to the claim cannot be read");
        }
    }

    /** Each claim of an earlier start counts as an incarnation. */
    private Claim.Answer byFile(Claim claim) throws IOException {
        try {
            Files.writeString(files.claim(claim.restarts()), Wire.write(claim), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new Claim.Answer.Granted(1 + (int) IntStream.range(0, claim.restarts()).filter(earlier -> Files.exists(files.claim(earlier))).count());
        } catch (FileAlreadyExistsException e) {
            return new Claim.Answer.Refused("another process has claimed the folder");
        }
    }

    /** Tells processes apart; decides nothing, so it need not come from the spec's seed. */
    private static String nonce() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String node() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"), StandardCharsets.UTF_8).strip();
        } catch (IOException | UncheckedIOException e) {
            return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("unknown");
        }
    }

    private static int restarts() {
        for (String name : new String[] {"TUNESMITH_RESTARTS", "SLURM_RESTART_COUNT"}) {
            String value = System.getenv(name);
            if (value != null && value.matches("\\d{1,6}")) {
                return Integer.parseInt(value);
            }
        }
        return 0;
    }
}
