package io.tunesmith.bench.simulation;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.ExitCodes;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.Resume;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.RandomSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A process of a job: claims, reports what it measures, hands in its result, exits. What it measures depends on its spec alone. For one thread. */
final class Worker {
    static final String METRIC = "accuracy";
    private static final int PATIENCE = 12;
    private static final int KILLED = 137;
    private static final int LAST_STEP = 6;
    private final World world;
    private final SimulatedEngine engine;
    private final Job job;
    private final Claim claim;
    private final AttemptSpec spec;
    private final String token;
    private final WorkerFiles files;
    private final List<WorkerEvent> unheard = new ArrayList<>();
    private Optional<Outcome> outcome = Optional.empty();
    private final boolean fails;
    private final boolean ignoresTerm;
    private int incarnation;
    private double claimedAt;
    private int tried;
    private long seq;
    private long step;
    private boolean stands;
    private boolean silent;
    private boolean terminated;
    private boolean stopped;

    Worker(World world, SimulatedEngine engine, Job job, int restarts) {
        this.world = world;
        this.engine = engine;
        this.job = job;
        AttemptFiles folder = new AttemptFiles(job.submission().folder());
        this.files = new WorkerFiles(folder, engine.describe().sharedFolder());
        try {
            this.spec = Wire.read(folder.spec(), AttemptSpec.class);
            this.token = Files.readString(folder.token());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.claim = new Claim(spec.n(), world.nextNonce(), "node", 1, restarts);
        this.fails = world.faults().strikes(Fault.WORKER_FAILS);
        this.ignoresTerm = world.faults().strikes(Fault.IGNORES_TERM);
        this.step = spec.resume().map(Resume::checkpoint).map(path -> Long.parseLong(path.substring(path.lastIndexOf('/') + 1))).orElse(0L);
    }

    String nonce() {
        return claim.nonce();
    }

    private AttemptKey key() {
        return spec.attempt();
    }

    /** Whether its machine stands still. */
    void stand(boolean still) {
        stands = still;
    }

    void silence() {
        silent = true;
        world.history().say(nonce() + " falls silent");
    }

    void terminate() {
        terminated = !ignoresTerm;
    }

    void kill() {
        exit(KILLED);
    }

    /** The next thing that it does. */
    void act() {
        if (stands || silent || !job.workers().contains(this)) {
            return;
        }
        if (incarnation == 0) {
            claim();
        } else if (terminated && outcome.isEmpty()) {
            end(new WorkerEvent.Failed(++seq, FailureCause.CANCELLED, "TERM"));
        } else if (!unheard.isEmpty() && (outcome.isPresent() || world.random().nextInt(4) > 0)) {
            report();
        } else if (outcome.isPresent()) {
            handIn(outcome.get());
        } else {
            work();
        }
    }

    private boolean calls() {
        return spec.callback().isPresent();
    }

    private boolean cutOff() {
        return job.machine().filter(machine -> !machine.reachable()).isPresent();
    }

    private Network.Heard send(Network.Letter letter) {
        return cutOff() ? new Network.Heard.Silence() : world.network().send(letter);
    }

    private void claim() {
        if (!calls()) {
            OptionalInt its = files.claim(claim);
            its.ifPresentOrElse(this::is, () -> exit(ExitCodes.REFUSED));
            return;
        }
        AttemptKey key = key();
        switch (send(new Network.Letter("claim of " + key + " by " + nonce(), dispatcher -> dispatcher.claim(key, token, claim)))) {
            case Network.Heard.Answer(Claim.Answer.Granted granted) -> {
                is(granted.incarnation());
                files.claimed(claim);
            }
            case Network.Heard.Answer _, Network.Heard.Refused _ -> exit(ExitCodes.REFUSED);
            case Network.Heard.Silence _ -> losesPatience(ExitCodes.REFUSED);
        }
    }

    private void is(int number) {
        incarnation = number;
        world.oracle().began(key());
        claimedAt = world.clock().seconds();
    }

    private void report() {
        AttemptKey key = key();
        Report report = new Report(spec.n(), incarnation, unheard);
        switch (send(new Network.Letter("report of " + nonce(), dispatcher -> dispatcher.events(key, token, report)))) {
            case Network.Heard.Answer(Report.Answer answer) -> {
                tried = 0;
                stopped |= answer.stop();
                unheard.removeAll(report.events());
            }
            case Network.Heard.Answer _, Network.Heard.Refused _ -> exit(ExitCodes.REFUSED);
            case Network.Heard.Silence _ -> {
                if (outcome.isPresent()) {
                    losesPatience(exitCode(outcome.get()));
                }
            }
        }
    }

    private void work() {
        if (stopped) {
            end(new WorkerEvent.Finished(++seq, result(true)));
        } else if (seq == 0) {
            say(new WorkerEvent.Started(++seq, seconds()));
        } else if (step >= LAST_STEP) {
            end(new WorkerEvent.Finished(++seq, result(false)));
        } else if (fails && step == LAST_STEP / 2) {
            fail();
        } else {
            step++;
            say(new WorkerEvent.Measured(++seq, step, new TreeMap<>(Map.of(METRIC, value(step))), seconds(), incarnation, 1));
            if (step % 2 == 0) {
                say(new WorkerEvent.Checkpointed(++seq, step, "checkpoints/" + step, "0".repeat(64)));
            }
        }
    }

    private void fail() {
        switch (world.random().nextInt(4)) {
            case 0 -> say(new WorkerEvent.Measured(++seq, ++step, new TreeMap<>(Map.of(METRIC, Double.NaN)), seconds(), incarnation, 1));
            case 1 -> exit(KILLED);
            case 2 -> exit(ExitCodes.FAILED);
            default -> end(new WorkerEvent.Failed(++seq, FailureCause.values()[world.random().nextInt(FailureCause.values().length)], "its own"));
        }
    }

    private double seconds() {
        return world.clock().seconds() - claimedAt;
    }

    /** The same for the same configuration and step, whichever process measures. */
    private double value(long at) {
        return (new RandomSource(spec.seed()).seedOf(at) >>> 11) * 0x1.0p-53;
    }

    private WorkerEvent.Result result(boolean pruned) {
        return new WorkerEvent.Result(new TreeMap<>(Map.of(METRIC, value(step))), new TreeMap<>(), new TreeMap<>(), List.of(), pruned, 1, 0, 1);
    }

    private void say(WorkerEvent event) {
        files.append(incarnation, event);
        if (calls()) {
            unheard.add(event);
        }
    }

    private void end(WorkerEvent event) {
        outcome = Optional.of(new Outcome(spec.n(), incarnation, event));
        files.result(incarnation, outcome.get());
    }

    private void handIn(Outcome its) {
        if (!calls()) {
            exit(exitCode(its));
            return;
        }
        AttemptKey key = key();
        Network.Heard heard = send(new Network.Letter("result of " + nonce(), dispatcher -> {
            dispatcher.result(key, token, its);
            return "taken";
        }));
        switch (heard) {
            case Network.Heard.Answer _ -> exit(exitCode(its));
            case Network.Heard.Refused _ -> exit(ExitCodes.REFUSED);
            case Network.Heard.Silence _ -> losesPatience(exitCode(its));
        }
    }

    private int exitCode(Outcome its) {
        return its.event() instanceof WorkerEvent.Finished ? ExitCodes.OK : terminated ? ExitCodes.TERMINATED : ExitCodes.FAILED;
    }

    /** Where its folder is seen, its result is there too; elsewhere it must be heard. */
    private void losesPatience(int code) {
        boolean seen = engine.describe().sharedFolder();
        if (++tried > (seen ? PATIENCE : 10 * PATIENCE)) {
            exit(code);
        }
    }

    private void exit(int code) {
        if (incarnation > 0) {
            files.exit(incarnation, code);
        }
        engine.exited(job, this, code);
    }
}
