package io.tunesmith.agent;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Callback;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.agent.JobReport;
import io.tunesmith.contract.agent.Lease;
import io.tunesmith.core.CrashPoint;
import io.tunesmith.core.FailureException;
import io.tunesmith.dispatch.AttemptView.Cause;
import io.tunesmith.dispatch.AttemptView.Phase;
import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.Refused;
import io.tunesmith.dispatch.Submission;
import io.tunesmith.dispatch.TrainingBackend;
import io.tunesmith.dispatch.Unreachable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One attempt on this machine, from its lease to its end, walked by a thread of its own: fetch, start, look on, hand in. Each step is harmless when it is
 * done again after a restart of the agent. Thread-safe: orders set volatile flags that the walk looks at.
 */
final class Held {
    private static final long LOOK_MILLIS = 100;
    private static final long LOG_NANOS = 2_000_000_000L;
    private static final long LONGEST_WAIT_MILLIS = 5_000;
    /** How often damaged or missing inputs are asked for before the attempt is given back. */
    private static final int TRIES = 50;
    private final Lease lease;
    private final Path folder;
    private final TrainingBackend backend;
    private final Link link;
    private final Inputs inputs;
    private final Story story;
    private volatile Optional<JobRef> job = Optional.empty();
    private volatile Phase phase = Phase.QUEUED;
    private volatile Optional<AttemptView> end = Optional.empty();
    private volatile Optional<Cause> stop = Optional.empty();
    private volatile boolean abandoned;
    private volatile String toldServer = "";

    Held(Lease lease, Path folder, TrainingBackend backend, Link link, Inputs inputs, Story story) {
        this.lease = lease;
        this.folder = folder;
        this.backend = backend;
        this.link = link;
        this.inputs = inputs;
        this.story = story;
    }

    AttemptKey key() {
        return lease.spec().attempt();
    }

    boolean ended() {
        return end.isPresent();
    }

    /** Keeps the lease, so that a restart of the agent goes on with it. */
    static void keep(Lease lease, Path folder) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path kept = folder.resolve("lease.json");
        Files.deleteIfExists(kept);
        Files.createFile(kept, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Wire.writeBytes(kept, Wire.write(lease).getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-------"));
    }

    static Optional<Lease> kept(Path folder) {
        try {
            return Optional.of(Wire.read(folder.resolve("lease.json"), Lease.class));
        } catch (IOException | FailureException e) {
            return Optional.empty();
        }
    }

    JobReport report() {
        Optional<AttemptView> ended = end;
        String word = ended.isPresent() ? "ended" : stop.isPresent() ? "stopping" : phase.name().toLowerCase(Locale.ROOT);
        return new JobReport(key(), word, ended.flatMap(AttemptView::cause).map(cause -> cause.name().toLowerCase(Locale.ROOT)), ended.map(AttemptView::exitCode).orElse(OptionalInt.empty()),
                ended.map(AttemptView::signal).orElse(OptionalInt.empty()), ended.map(AttemptView::raw).orElse(""));
    }

    /** It must end. @param why CANCELLED if the service wishes it, PREEMPTED if this machine leaves */
    void stop(Cause why, Duration grace) {
        stop = Optional.of(stop.orElse(why));
        job.ifPresent(known -> cancel(known, grace));
    }

    /** The service knows it no more: nothing of it is of use. */
    void abandon() {
        abandoned = true;
        stop(Cause.CANCELLED, Duration.ofSeconds(2));
    }

    private void cancel(JobRef known, Duration grace) {
        try {
            backend.cancel(known, grace);
        } catch (Unreachable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where its process reports from now on. */
    void serverIs(String server) {
        if (toldServer.equals(server)) {
            return;
        }
        try {
            if (Files.exists(new AttemptFiles(folder).spec())) {
                Wire.writeBytes(new AttemptFiles(folder).callback(), url(server).getBytes(StandardCharsets.UTF_8));
                toldServer = server;
            }
        } catch (UncheckedIOException e) {
            story.tell(key() + " cannot be told that the service moved: " + e.getMessage());
        }
    }

    private String url(String server) {
        return server + "/api/v1/attempts/" + key();
    }

    /** To its end. Never throws: what goes wrong is how it ended. */
    void walk() {
        try {
            AttemptView last = run();
            end = Optional.of(last);
            if (!abandoned) {
                story.tell(key() + " ended: " + last.raw());
            }
        } catch (IOException | Refused | Unreachable | RuntimeException e) {
            end = Optional.of(over(Cause.NOT_STARTED, "could not be started: " + e.getMessage()));
            story.tell(key() + " could not be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private AttemptView run() throws IOException, Refused, Unreachable, InterruptedException {
        List<JobRef> known = backend.find(key());
        if (known.isEmpty()) {
            CrashPoint.AGENT_LEASED.reached();
            Optional<AttemptView> fault = fetch();
            if (fault.isPresent()) {
                return fault.get();
            }
            CrashPoint.AGENT_FETCHED.reached();
        }
        JobRef mine = known.isEmpty() ? backend.submit(new Submission(key(), folder, lease.spec().resources(), lease.affinity())) : known.getFirst();
        job = Optional.of(mine);
        if (stop.isPresent()) {
            cancel(mine, Duration.ofSeconds(2));
        }
        CrashPoint.AGENT_STARTED.reached();
        HandIn handIn = new HandIn(link, key(), folder, lease.token());
        AttemptView last = lookOn(mine, handIn, !known.isEmpty());
        CrashPoint.AGENT_ENDED.reached();
        handIn(handIn);
        return told(last);
    }

    /** Until all is there; empty then, else how it ended without ever beginning. */
    private Optional<AttemptView> fetch() throws IOException, InterruptedException {
        long wait = 200;
        int damaged = 0;
        while (stop.isEmpty()) {
            switch (inputs.fetch(lease.spec(), lease.token(), folder)) {
                case Inputs.Outcome.Done _ -> {
                    tellProcess();
                    return Optional.empty();
                }
                case Inputs.Outcome.Failed failed -> {
                    return Optional.of(over(Cause.NOT_STARTED, failed.why()));
                }
                case Inputs.Outcome.Later later -> {
                    if (++damaged > TRIES) {
                        return Optional.of(over(Cause.NOT_STARTED, "its inputs could not be fetched: " + later.why()));
                    }
                    Thread.sleep(wait);
                    wait = Math.min(LONGEST_WAIT_MILLIS, wait * 2);
                }
            }
        }
        return Optional.of(over(stop.get(), "ended before it began"));
    }

    /** Token and spec, which says where to report: to the server that we talk to ourselves. */
    private void tellProcess() throws IOException {
        AttemptFiles files = new AttemptFiles(folder);
        Files.deleteIfExists(files.token());
        Files.createFile(files.token(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(files.token(), lease.token(), StandardOpenOption.WRITE);
        AttemptSpec spec = lease.spec();
        String server = link.current();
        Wire.writeFile(files.spec(), new AttemptSpec(spec.attempt(), spec.n(), spec.recipe(), spec.recipeVersion(), spec.operation(), spec.config(), spec.seed(), spec.inputs(), spec.options(),
                spec.fidelity(), spec.resources(), spec.resume(), Optional.of(new Callback(url(server), true))));
        toldServer = server;
    }

    private AttemptView lookOn(JobRef mine, HandIn handIn, boolean before) throws Unreachable, InterruptedException {
        long logged = System.nanoTime();
        boolean told = false;
        while (true) {
            AttemptView view = backend.observe(List.of(mine)).get(mine);
            if (view.phase() == Phase.ENDED || view.phase() == Phase.GONE) {
                return view;
            }
            phase = view.phase();
            if (!told && phase == Phase.RUNNING) {
                told = true;
                story.tell(key() + (before ? " goes on" : " started") + " (" + lease.spec().operation().wire() + gpus() + ")");
            }
            if (System.nanoTime() - logged > LOG_NANOS) {
                logged = System.nanoTime();
                handIn.log();
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private String gpus() {
        int gpus = lease.spec().resources().gpus();
        return gpus == 0 ? "" : gpus == 1 ? ", 1 GPU" : ", " + gpus + " GPUs";
    }

    private void handIn(HandIn handIn) throws InterruptedException {
        long wait = 200;
        while (!abandoned && handIn.leftovers() == HandIn.Step.AGAIN) {
            Thread.sleep(wait);
            wait = Math.min(LONGEST_WAIT_MILLIS, wait * 2);
        }
    }

    /** How it ended, with the reason as we know it: who ended it, or that its process vanished without a word. */
    private AttemptView told(AttemptView last) {
        boolean byUs = stop.isPresent() && last.cause().filter(cause -> cause == Cause.OK).isEmpty();
        Cause cause = byUs ? stop.get() : last.phase() == Phase.GONE ? Cause.NODE_LOST : last.cause().orElse(Cause.EXIT);
        String words = switch (cause) {
            case OK -> "ok";
            case EXIT -> last.exitCode().isPresent() ? "exit code " + last.exitCode().getAsInt() : "without an exit code";
            case SIGNAL -> "killed by signal " + last.signal().orElse(0);
            case OOM -> "out of memory";
            case CANCELLED -> "cancelled by the service";
            case PREEMPTED -> "stopped because this agent leaves; it moves on";
            case NODE_LOST -> "its process is gone without a trace";
            case TIME_LIMIT -> "its time limit";
            case NOT_STARTED -> "its process did not start";
        };
        return new AttemptView(Phase.ENDED, Optional.of(cause), last.exitCode(), last.signal(), 0, "", last.started(), last.ended(), words);
    }

    private static AttemptView over(Cause cause, String why) {
        return new AttemptView(Phase.ENDED, Optional.of(cause), OptionalInt.empty(), OptionalInt.empty(), 0, "", Optional.empty(), Optional.empty(), why);
    }
}
