package io.tunesmith.bench.simulation;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.dispatch.Attempt;
import io.tunesmith.dispatch.AttemptEnd;
import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.dispatch.Recording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What must be true of each attempt, kept beside the store from what it answered: one incarnation at a time, an end once. Also keeps every call, so that
 * the history can be played again. For one thread.
 */
final class Oracle {
    private static final double START_SECONDS = 120;
    /** By how much two parties may count differently. */
    private static final double SLACK = 1;
    private final SimulatedClock clock;
    private final Map<AttemptKey, Model> models = new LinkedHashMap<>();
    private final List<Consumer<AttemptStore>> calls = new ArrayList<>();

    Oracle(SimulatedClock clock) {
        this.clock = clock;
    }

    private static final class Model {
        private double firstClaim = Double.NaN;
        private double intended = Double.NaN;
        private int incarnation;
        private String nonce = "";
        private int restarts;
        private Optional<AttemptEnd> end = Optional.empty();
        private final Set<String> heard = new HashSet<>();
    }

    private Model of(AttemptKey key) {
        return models.computeIfAbsent(key, _ -> new Model());
    }

    void called(Consumer<AttemptStore> call) {
        calls.add(call);
    }

    void claimed(AttemptKey key, Claim claim, Claim.Answer answer) {
        if (!(answer instanceof Claim.Answer.Granted(int incarnation))) {
            return;
        }
        Model model = of(key);
        Violation.unless(model.end.isEmpty(), "%s was granted to %s after its end", key, claim.nonce());
        if (model.nonce.equals(claim.nonce())) {
            Violation.unless(incarnation == model.incarnation, "%s was granted to %s twice, as %d and %d", key, claim.nonce(), model.incarnation, incarnation);
            return;
        }
        Violation.unless(model.nonce.isEmpty() || claim.restarts() > model.restarts, "%s was granted to %s while %s has it", key, claim.nonce(), model.nonce);
        Violation.unless(incarnation == model.incarnation + 1, "%s went from incarnation %d to %d", key, model.incarnation, incarnation);
        began(key);
        model.incarnation = incarnation;
        model.nonce = claim.nonce();
        model.restarts = claim.restarts();
    }

    void heard(AttemptKey key, int incarnation, Optional<List<WorkerEvent>> fresh) {
        Model model = of(key);
        fresh.ifPresent(events -> {
            Violation.unless(model.end.isEmpty(), "%s was heard after its end", key);
            Violation.unless(incarnation == model.incarnation, "%s was heard from incarnation %d while %d has it", key, incarnation, model.incarnation);
            events.forEach(event -> Violation.unless(model.heard.add(incarnation + "/" + event.seq()), "%s: event %d of incarnation %d was recorded twice", key, event.seq(), incarnation));
        });
    }

    void concluded(AttemptKey key, int incarnation, AttemptEnd end, Recording recording) {
        Model model = of(key);
        switch (recording) {
            case RECORDED -> {
                Violation.unless(model.end.isEmpty(), "%s ended twice: %s, then %s", key, model.end, end);
                Violation.unless(incarnation == 0 || incarnation == model.incarnation, "%s was ended by incarnation %d while %d has it", key, incarnation, model.incarnation);
                model.end = Optional.of(end);
                inTime(key, model, end);
            }
            case SAME_AGAIN -> Violation.unless(model.end.equals(Optional.of(end)), "%s: %s is not what was recorded", key, end);
            case CONFLICT, FENCED -> { }
        }
    }

    void intended(AttemptKey key) {
        Model model = of(key);
        model.intended = Double.isNaN(model.intended) ? clock.seconds() : model.intended;
    }

    /** A process has claimed, perhaps by file and nobody knows yet. */
    void began(AttemptKey key) {
        Model model = of(key);
        model.firstClaim = Double.isNaN(model.firstClaim) ? clock.seconds() : model.firstClaim;
    }

    /** Whatever the clocks of services and machines say: nobody's time is over before it is. */
    private void inTime(AttemptKey key, Model model, AttemptEnd end) {
        double now = clock.seconds();
        if (end instanceof AttemptEnd.TimedOut(double limit)) {
            Violation.unless(now - model.firstClaim > limit - SLACK, "%s timed out %.1f s after its claim", key, now - model.firstClaim);
        }
        if (end instanceof AttemptEnd.Lost lost && (lost.message().startsWith("not claimed within") || lost.message().startsWith("the engine did not answer within"))) {
            Violation.unless(now - model.intended > START_SECONDS - SLACK, "%s was given up %.1f s after it was given to an engine", key, now - model.intended);
        }
    }

    /** The store still says what it said. */
    void check(AttemptStore store) {
        models.forEach((key, model) -> {
            Optional<Attempt> attempt = store.find(key);
            Violation.unless(attempt.isPresent() || model.incarnation == 0 && model.end.isEmpty(), "%s is not stored any more", key);
            attempt.ifPresent(known -> {
                Violation.unless(known.end().equals(model.end), "%s ended by %s and is stored with %s", key, model.end, known.end());
                Violation.unless(known.incarnation() == model.incarnation, "%s has incarnation %d and is stored with %d", key, model.incarnation, known.incarnation());
            });
        });
    }

    /** Every call once more, on an empty store, must lead to the same attempts and events. */
    void replay(AttemptStore store) {
        InMemoryAttempts again = new InMemoryAttempts();
        calls.forEach(call -> call.accept(again));
        models.keySet().forEach(key -> {
            Violation.unless(again.find(key).equals(store.find(key)), "%s played again is %s, not %s", key, again.find(key), store.find(key));
            Violation.unless(again.events(key).equals(store.events(key)), "%s played again has other events", key);
        });
    }
}
