package io.tunesmith.trainer.agent;

import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Says events: each is numbered, appended to {@code metrics.jsonl}, and posted in batches. What the service has not acknowledged stays
 * pending and goes with the next batch. After a minute without an answer the work goes on by file alone and each later batch is tried once.
 * Thread-safe: one lock, held while posting, so that events leave in order.
 */
final class EventChannel {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LARGEST_BATCH = 200;
    private final Path folder;
    private final int n;
    private final int incarnation;
    private final Optional<Service> service;
    private final List<WorkerEvent> pending = new ArrayList<>();
    private long lastSeq;
    private long lastSaid = System.nanoTime();
    private boolean reachable = true;
    private boolean closed;
    private Report.Answer answer = Report.Answer.GO_ON;

    EventChannel(Path folder, int n, int incarnation, Optional<Service> service) {
        this.folder = folder;
        this.n = n;
        this.incarnation = incarnation;
        this.service = service;
    }

    /** Says an event made for the next number, and returns what the process must do; once told to stop it stays told. */
    synchronized Report.Answer say(LongFunction<WorkerEvent> event) {
        if (closed) {
            return answer;
        }
        WorkerEvent said = event.apply(lastSeq + 1);
        append(said);
        lastSeq++;
        lastSaid = System.nanoTime();
        service.ifPresent(ignored -> pending.add(said));
        flush();
        return answer;
    }

    /** Says a heartbeat if nothing else was said for as long as one may be silent. */
    synchronized void heartbeat(double seconds) {
        if (System.nanoTime() - lastSaid >= WorkerEvent.Heartbeat.EVERY_SECONDS * 1_000_000_000L) {
            say(seq -> new WorkerEvent.Heartbeat(seq, seconds));
        }
    }

    /** Says the last event: to the log of events, to {@code result.json} and to the service. Nothing is said after it. */
    synchronized void end(LongFunction<WorkerEvent> event) {
        if (closed) {
            return;
        }
        closed = true;
        WorkerEvent last = event.apply(lastSeq + 1);
        Outcome outcome = new Outcome(n, incarnation, last);
        boolean written = write(last, outcome);
        flush();
        service.ifPresent(one -> {
            Service.Reply reply = one.post("/result", outcome, reachable ? PATIENCE : Duration.ZERO);
            if (reply instanceof Service.Reply.Refused refused) {
                throw new StoppedException.Fenced("the result was refused with status " + refused.status());
            }
            System.err.println("result: " + reply.getClass().getSimpleName());
        });
        if (!written && service.isEmpty()) {
            throw new IllegalStateException("the outcome could not be written");
        }
    }

    private boolean write(WorkerEvent last, Outcome outcome) {
        try {
            append(last);
            Wire.writeFile(folder.resolve("result.json"), outcome);
            return true;
        } catch (UncheckedIOException e) {
            e.printStackTrace();
            return false;
        }
    }

    private void append(WorkerEvent event) {
        try {
            Files.writeString(folder.resolve("metrics.jsonl"), Wire.write(event) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void flush() {
        while (!pending.isEmpty()) {
            List<WorkerEvent> batch = List.copyOf(pending.subList(0, Math.min(LARGEST_BATCH, pending.size())));
            switch (service.orElseThrow().post("/events", new Report(n, incarnation, batch), reachable ? PATIENCE : Duration.ZERO)) {
                case Service.Reply.Accepted accepted -> {
                    reachable = true;
                    heed(accepted.body());
                }
                case Service.Reply.Refused refused -> throw new StoppedException.Fenced("events were refused with status " + refused.status());
                case Service.Reply.Rejected rejected -> System.err.println("events were not taken: status " + rejected.status() + " " + rejected.body());
                case Service.Reply.Unreachable unreachable -> {
                    reachable = false;
                    System.err.println("the service does not answer (" + unreachable.reason() + "); going on by file");
                    return;
                }
            }
            pending.subList(0, batch.size()).clear();
        }
    }

    private void heed(String body) {
        try {
            Report.Answer told = body.isBlank() ? Report.Answer.GO_ON : Wire.read(body, Report.Answer.class);
            if (told.stop()) {
                answer = told;
            }
        } catch (FailureException e) {
            System.err.println("an answer cannot be read and counts as \"go on\": " + body);
        }
    }
}
