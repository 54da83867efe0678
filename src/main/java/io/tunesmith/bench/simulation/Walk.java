package io.tunesmith.bench.simulation;

import com.fasterxml.jackson.databind.node.NullNode;
import io.tunesmith.bench.simulation.Studies.End;
import io.tunesmith.bench.simulation.Studies.Study;
import io.tunesmith.bench.simulation.Studies.Trial;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Callback;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Resources;
import io.tunesmith.contract.Resume;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.FailureException;
import io.tunesmith.dispatch.Attempt;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.Ending;
import io.tunesmith.dispatch.Heard;
import io.tunesmith.dispatch.Where;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A service's walk through one study, as the real one goes ({@code run.SearchStep}, {@code run.Attempts}): proposes in order, stores before it dispatches,
 * tries again what was lost, records each end. A failure of the store breaks it off; the next walk goes on from the stores alone.
 */
final class Walk {
    static final int TRIES = 3;
    static final double WALL_SECONDS = 120;
    private static final int ASKED = 3;
    private static final Duration REST = Duration.ofSeconds(2);
    private final Service service;
    private final Seam seam;
    private final Study study;
    private final Map<Integer, Flight> flights = new LinkedHashMap<>();
    private boolean resumed;
    private Instant restsUntil = Instant.MIN;

    Walk(Service service, Seam seam, Study study) {
        this.service = service;
        this.seam = seam;
        this.study = study;
    }

    /** A trial under way. @param notBefore when its attempt may begin */
    private record Flight(Trial trial, int n, Instant notBefore, Optional<CompletableFuture<Attempt>> end, Progress progress) {}

    void act() {
        if (now().isBefore(restsUntil)) {
            return;
        }
        try {
            step();
        } catch (FailureException e) {
            interrupted(e);
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof FailureException cause)) {
                throw new Violation("a walk failed: " + e.getCause());
            }
            interrupted(cause);
        }
    }

    private void interrupted(FailureException e) {
        Violation.unless(Service.interrupts(e), "a walk failed: %s", e);
        seam.world().history().say(service.name() + " breaks off " + study.name() + ": " + e.failure().code());
        flights.clear();
        resumed = false;
        restsUntil = now().plus(REST);
    }

    private Instant now() {
        return seam.world().clock().instant();
    }

    private void step() {
        List<Trial> trials = seam.read(study::trials);
        if (!resumed) {
            resumed = true;
            trials.stream().filter(trial -> trial.end().isEmpty()).forEach(trial -> begin(trial, 1, new Progress(seam.world(), trial)));
        }
        if (study.cancelled()) {
            service.dispatcher().cancel(study.name());
        }
        List.copyOf(flights.values()).forEach(this::look);
        if (!study.cancelled() && trials.size() < study.budget() && flights.size() < study.parallel()) {
            propose(trials);
        }
    }

    private void look(Flight flight) {
        if (flight.end().isEmpty()) {
            if (!now().isBefore(flight.notBefore())) {
                begin(flight.trial(), flight.n(), flight.progress());
            }
        } else if (flight.end().get().isDone()) {
            ended(flight, flight.end().get().join());
        }
    }

    private void propose(List<Trial> trials) {
        Set<Integer> tried = trials.stream().map(Trial::configuration).collect(Collectors.toSet());
        int number = trials.size();
        int configuration = IntStream.range(0, ASKED).map(_ -> asked(tried)).filter(one -> !tried.contains(one)).findFirst()
                .orElseGet(() -> IntStream.iterate(number, one -> one + 1).filter(one -> !tried.contains(one)).findFirst().orElseThrow());
        Trial trial = seam.write("proposes t" + number + " of " + study.name(), () -> study.propose(number, configuration));
        begin(trial, 1, new Progress(seam.world(), trial));
    }

    /** A proposer that may fail, which counts as no new configuration, or repeat one. */
    private int asked(Set<Integer> tried) {
        return seam.world().faults().strikes(Fault.BAD_PROPOSAL) && !tried.isEmpty() ? tried.iterator().next() : 100 + seam.world().random().nextInt(1_000);
    }

    private void begin(Trial trial, int n, Progress progress) {
        AttemptKey key = study.key(trial.number(), n);
        Optional<Resume> resume = n == 1 ? Optional.empty() : saved(trial, n);
        Optional<Callback> callback = study.files() ? Optional.empty() : Optional.of(new Callback("http://service/" + key));
        AttemptSpec spec = new AttemptSpec(key, n, "tabular", 1, Operation.TRAIN, Map.of("configuration", trial.configuration()), trial.configuration(), Map.of(), NullNode.getInstance(), 1,
                new Resources(0, 1 << 20, WALL_SECONDS, 1), resume, callback);
        Path folder = seam.world().root().resolve(key.value());
        service.queued(key, study.files());
        CompletableFuture<Attempt> end = service.dispatcher().run(new Dispatcher.Work(key, folder, spec, Map.of(), study.name(), study.files() ? Where.HOME : Where.ANYWHERE, events -> progress.heard(n, events)));
        flights.put(trial.number(), new Flight(trial, n, Instant.MIN, Optional.of(end), progress));
    }

    /** The last recorded checkpoint of the earlier attempts. */
    private Optional<Resume> saved(Trial trial, int n) {
        return IntStream.iterate(n - 1, earlier -> earlier >= 1, earlier -> earlier - 1)
                .mapToObj(earlier -> service.dispatcher().heard(study.key(trial.number(), earlier)).reversed().stream().map(Heard::event)
                        .filter(WorkerEvent.Checkpointed.class::isInstance).map(WorkerEvent.Checkpointed.class::cast).findFirst())
                .flatMap(Optional::stream).findFirst().map(checkpoint -> new Resume(checkpoint.path(), checkpoint.sha256()));
    }

    private void ended(Flight flight, Attempt attempt) {
        service.served(attempt.key());
        Ending ending = Ending.of(attempt.end().orElseThrow());
        if (ending instanceof Ending.Retry && flight.n() < TRIES) {
            Duration wait = Duration.ofMillis(flight.n() == 1 ? 200 : 1_000);
            flights.put(flight.trial().number(), new Flight(flight.trial(), flight.n() + 1, now().plus(wait), Optional.empty(), flight.progress()));
            return;
        }
        End end = flight.progress().end(ending, flight.n());
        seam.write("records t" + flight.trial().number() + " of " + study.name() + " as " + end.state(), () -> study.end(flight.trial().number(), end));
        flights.remove(flight.trial().number());
    }
}
