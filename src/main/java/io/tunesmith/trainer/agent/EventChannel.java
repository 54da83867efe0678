package io.tunesmith.trainer.agent;

import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.CrashPoint;
import io.tunesmith.core.FailureException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Says events: each is numbered, appended to {@code metrics.jsonl}, and posted in batches. What the service has not acknowledged stays
 * pending and goes with the next batch. After a minute without an answer the work goes on by file alone and each later batch is tried once.
 * A service that has enough measured values (413) is sent no more of them.
 * Thread-safe: one lock, held while posting, so that events leave in order.
 */
final class EventChannel {
    private static final int LARGEST_BATCH = 200;
    private static final int TOO_MUCH = 413;
    private final Path work;
    private final EventFile file;
    private final int n;
    private final int incarnation;
    private final Optional<Service> service;
    private final List<WorkerEvent> pending = new ArrayList<>();
    private long lastSeq;
    private long lastSaid = System.nanoTime();
    private boolean full;
    private boolean closed;
    private Report.Answer answer = Report.Answer.GO_ON;

    /** @param work the incarnation's folder */
    EventChannel(Path work, int n, int incarnation, Optional<Service> service) {
        this.work = work;
        this.file = new EventFile(work.resolve("metrics.jsonl"));
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
        boolean posted = service.isPresent() && !(full && said instanceof WorkerEvent.Measured);
        boolean kept = file.takes(said);
        if (kept) {
            file.append(said);
        }
        if (kept || posted) {
            lastSeq++;
            lastSaid = System.nanoTime();
        }
        if (posted) {
            pending.add(said);
        }
        flush(service.map(Service::patience).orElse(Duration.ZERO));
        return answer;
    }

    /** Says a heartbeat if nothing else was said for as long as one may be silent. */
    synchronized void heartbeat(double seconds) {
        if (System.nanoTime() - lastSaid >= WorkerEvent.Heartbeat.EVERY_SECONDS * 1_000_000_000L) {
            say(seq -> new WorkerEvent.Heartbeat(seq, seconds));
        }
    }

    /**
     * Says the last event: to {@code result.json}, to the log of events and to the service. Nothing is said after it.
     *
     * @param patience for what is still pending, and then for the outcome
     * @return the event as it was said: a failure if the disk has no room for what should have been said
     */
    synchronized WorkerEvent end(LongFunction<WorkerEvent> event, Duration patience) {
        if (closed) {
            throw new IllegalStateException("the attempt has ended already");
        }
        closed = true;
        WorkerEvent last = written(event.apply(lastSeq + 1));
        CrashPoint.WORKER_DONE.reached();
        flush(patience);
        service.ifPresent(one -> report(one, last, pending.isEmpty() ? patience : Duration.ZERO));
        return last;
    }

    private void report(Service one, WorkerEvent last, Duration patience) {
        Service.Reply reply = one.post("/result", new Outcome(n, incarnation, last), patience);
        if (reply instanceof Service.Reply.Refused refused) {
            throw new StoppedException.Fenced("the result was refused with status " + refused.status());
        }
        System.err.println("result: " + reply.getClass().getSimpleName());
        CrashPoint.WORKER_REPORTED.reached();
    }

    private WorkerEvent written(WorkerEvent last) {
        try {
            write(last);
            return last;
        } catch (UncheckedIOException e) {
            e.printStackTrace();
            return last instanceof WorkerEvent.Failed ? last : failure(last.seq(), FailureReader.read(e));
        }
    }

    /** Shorter than what did not fit, so that it may fit. */
    private WorkerEvent failure(long seq, FailureReader.Reading reading) {
        WorkerEvent failed = new WorkerEvent.Failed(seq, reading.cause(), reading.message());
        try {
            write(failed);
        } catch (UncheckedIOException e) {
            System.err.println("the outcome could not be written: " + e.getMessage());
        }
        return failed;
    }

    /** The outcome first: what it says holds, and no event contradicts it. */
    private void write(WorkerEvent last) {
        Wire.writeFile(work.resolve("result.json"), new Outcome(n, incarnation, last));
        try {
            file.append(last);
        } catch (UncheckedIOException e) {
            System.err.println("the last event is in result.json only: " + e.getMessage());
        }
    }

    private void flush(Duration patience) {
        while (!pending.isEmpty()) {
            List<WorkerEvent> batch = List.copyOf(pending.subList(0, Math.min(LARGEST_BATCH, pending.size())));
            switch (service.orElseThrow().post("/events", new Report(n, incarnation, batch), patience)) {
                case Service.Reply.Accepted accepted -> {
                    heed(accepted.body());
                    dequeue(batch);
                }
                case Service.Reply.Refused refused -> throw new StoppedException.Fenced("events were refused with status " + refused.status());
                case Service.Reply.Rejected rejected -> rejected(rejected, batch);
                case Service.Reply.Unreachable unreachable -> {
                    System.err.println("the service does not answer (" + unreachable.reason() + "); going on by file");
                    return;
                }
            }
        }
    }

    private void dequeue(List<WorkerEvent> batch) {
        pending.subList(0, batch.size()).clear();
    }

    /** Only measured values can be too many: the others of the batch are sent again without them. */
    private void rejected(Service.Reply.Rejected rejected, List<WorkerEvent> batch) {
        boolean measured = batch.stream().anyMatch(WorkerEvent.Measured.class::isInstance);
        if (rejected.status() == TOO_MUCH && measured) {
            full = true;
            pending.removeIf(WorkerEvent.Measured.class::isInstance);
            System.err.println("the service takes no more measured values; they go on by file alone");
        } else {
            System.err.println("events were not taken: status " + rejected.status() + " " + rejected.body());
            dequeue(batch);
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
