package io.tunesmith.run;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.RunId;
import io.tunesmith.dispatch.Attempt;
import io.tunesmith.dispatch.AttemptEnd;
import io.tunesmith.dispatch.Ending;
import io.tunesmith.dispatch.Heard;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.study.Trial;
import io.tunesmith.study.TrialState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The promises about every run, checked on what is recorded: each trial ends once, a result is recorded once and by the process that held the attempt,
 * attempts stay within their number, no measured value is missing, the best score is a number, the budget is charged once, the log of events tells the
 * same story, nothing is under way for a run that waits or is paused, and no job outlives its attempt. For one run at one moment; nothing is changed.
 */
final class Auditor {
    private static final int MOST_EVENTS = 1_000_000;
    private final Run run;
    private final List<Trial> trials;
    private final List<RunEvent> events;
    private final Map<String, List<Attempt>> byWork;
    private final List<String> violations = new ArrayList<>();

    private Auditor(Run run, List<Trial> trials, List<RunEvent> events, List<Attempt> attempts) {
        this.run = run;
        this.trials = trials;
        this.events = events;
        this.byWork = attempts.stream().collect(Collectors.groupingBy(attempt -> work(attempt.key()), TreeMap::new, Collectors.toList()));
    }

    static Audit of(Ports ports, RunId id) {
        Run run = ports.runs().find(id).orElseThrow();
        List<Attempt> attempts = ports.dispatcher().attempts(id.value() + "/");
        Auditor auditor = new Auditor(run, ports.trials().all(id), ports.runs().events(id, 0, MOST_EVENTS), attempts);
        auditor.trialsEndOnce();
        auditor.attemptsAreFew();
        Map<AttemptKey, List<Heard>> heard = attempts.stream().collect(Collectors.toMap(Attempt::key, attempt -> ports.dispatcher().heard(attempt.key())));
        attempts.forEach(attempt -> auditor.nothingIsMissing(attempt, heard.get(attempt.key())));
        auditor.trialsAreWhatTheirAttemptsSay();
        ports.runs().kept(id, RunStep.PLAN, PipelinePlan.class).ifPresent(plan -> {
            auditor.budgetIsKept(plan);
            auditor.curvesAreWhatWasMeasured(plan.metric().wire(), heard);
        });
        auditor.eventsTellTheSame();
        auditor.nothingIsLeft(attempts, ports.dispatcher().jobs());
        return new Audit(auditor.trials.size(), attempts.size(), auditor.violations);
    }

    /** The work and the number of an attempt key: {@code …-t12-a2} is the second attempt at {@code t12}. */
    private static String work(AttemptKey key) {
        String value = key.value();
        String rest = value.substring(value.indexOf('-', "ts-".length()) + 1);
        return rest.substring(0, rest.lastIndexOf("-a"));
    }

    private void violated(String what) {
        violations.add(what);
    }

    private boolean over() {
        return run.status().terminal();
    }

    private void trialsEndOnce() {
        for (int i = 0; i < trials.size(); i++) {
            if (trials.get(i).number() != i) {
                violated("trial " + i + " is missing");
            }
            if (over() && !trials.get(i).state().terminal()) {
                violated("the run has ended and trial " + i + " has not");
            }
        }
    }

    private void attemptsAreFew() {
        byWork.forEach((work, attempts) -> {
            List<Attempt> inOrder = attempts.stream().sorted(Comparator.comparingInt(Attempt::n)).toList();
            for (int i = 0; i < inOrder.size(); i++) {
                if (inOrder.get(i).n() != i + 1 || i >= Attempts.TRIES) {
                    violated(work + " has an attempt number " + inOrder.get(i).n() + " at place " + (i + 1));
                }
                boolean last = i == inOrder.size() - 1;
                if (!last && !inOrder.get(i).end().map(Ending::of).filter(Ending.Retry.class::isInstance).isPresent()) {
                    violated(work + " was tried again though attempt " + (i + 1) + " ended for good");
                }
            }
            long results = attempts.stream().filter(attempt -> attempt.end().filter(AttemptEnd.Succeeded.class::isInstance).isPresent()).count();
            if (results > 1) {
                violated(work + " has " + results + " results");
            }
        });
    }

    /** Events of an incarnation are numbered without gaps, and a result comes from one that claimed. */
    private void nothingIsMissing(Attempt attempt, List<Heard> heard) {
        boolean result = attempt.end().filter(AttemptEnd.Succeeded.class::isInstance).isPresent();
        if (result && attempt.incarnation() < 1) {
            violated(attempt.key() + " has a result that nobody claimed");
        }
        List<WorkerEvent> events = heard.stream().filter(one -> one.incarnation() == attempt.incarnation()).map(Heard::event).toList();
        for (int i = 0; result && i < events.size(); i++) {
            if (events.get(i).seq() != i + 1) {
                violated(attempt.key() + " has no event " + (i + 1));
                return;
            }
        }
    }

    private void trialsAreWhatTheirAttemptsSay() {
        for (Trial trial : trials) {
            List<Attempt> attempts = byWork.getOrDefault("t" + trial.number(), List.of());
            boolean result = attempts.stream().anyMatch(attempt -> attempt.end().filter(AttemptEnd.Succeeded.class::isInstance).isPresent());
            if (trial.state() instanceof TrialState.Succeeded(double score, Map<String, Double> _)) {
                if (!result) {
                    violated("trial " + trial.number() + " succeeded without a result");
                }
                if (!Double.isFinite(score)) {
                    violated("trial " + trial.number() + " has the score " + score);
                }
            }
        }
    }

    /** A trial has every value that its processes reported; a pruned one those until it was stopped. */
    private void curvesAreWhatWasMeasured(String metric, Map<AttemptKey, List<Heard>> heard) {
        for (Trial trial : trials.stream().filter(one -> one.state().terminal()).toList()) {
            TreeMap<Long, Double> measured = new TreeMap<>();
            byWork.getOrDefault("t" + trial.number(), List.of()).stream().sorted(Comparator.comparingInt(Attempt::n)).flatMap(attempt -> heard.get(attempt.key()).stream()).map(Heard::event)
                    .filter(WorkerEvent.Measured.class::isInstance).map(WorkerEvent.Measured.class::cast).filter(event -> event.values().containsKey(metric))
                    .forEach(event -> measured.put(event.step(), event.values().get(metric)));
            SortedMap<Long, Double> expected = trial.state() instanceof TrialState.Pruned pruned ? measured.headMap(pruned.step() + 1) : measured;
            if (!trial.curve().equals(expected)) {
                violated("trial " + trial.number() + " has the curve " + trial.curve() + ", its processes reported " + expected);
            }
        }
    }

    private void budgetIsKept(PipelinePlan plan) {
        run.extra().on(plan.budget()).trials().filter(most -> trials.size() > most).ifPresent(most -> violated(trials.size() + " trials, the budget has " + most));
    }

    /** The log replayed gives the trials and the end that are recorded; each is told once. */
    private void eventsTellTheSame() {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).seq() != i + 1) {
                violated("event " + (i + 1) + " is missing");
                return;
            }
        }
        Map<Integer, Long> finished = numbers("trial.finished");
        finished.forEach((number, times) -> {
            if (times > 1 || number >= trials.size() || !trials.get(number).state().terminal()) {
                violated("trial " + number + " is told as finished " + times + " times and recorded as " + (number < trials.size() ? TrialText.state(trials.get(number).state()) : "missing"));
            }
        });
        events.stream().filter(event -> event.type().equals("trial.finished")).forEach(event -> {
            int number = ((Number) event.data().get("number")).intValue();
            if (number < trials.size() && !TrialText.state(trials.get(number).state()).equals(event.data().get("state"))) {
                violated("trial " + number + " is told as " + event.data().get("state") + " and recorded as " + TrialText.state(trials.get(number).state()));
            }
        });
        numbers("trial.started").forEach((number, times) -> {
            if (times > 1 || number >= trials.size()) {
                violated("trial " + number + " is told as started " + times + " times");
            }
        });
        if (run.status() == RunStatus.SUCCEEDED && finished.size() < trials.size()) {
            violated("of " + trials.size() + " trials " + finished.size() + " are told as finished");
        }
        List<Object> ends = events.stream().filter(event -> event.type().equals("run.finished")).map(event -> event.data().get("status")).toList();
        if (over() ? !ends.equals(List.of(run.status().wire())) : !ends.isEmpty()) {
            violated("the run is told as ended " + ends + " and recorded as " + run.status().wire());
        }
    }

    private Map<Integer, Long> numbers(String type) {
        return events.stream().filter(event -> event.type().equals(type)).map(event -> ((Number) event.data().get("number")).intValue())
                .collect(Collectors.groupingBy(number -> number, TreeMap::new, Collectors.counting()));
    }

    private void nothingIsLeft(List<Attempt> attempts, Collection<JobRef> jobs) {
        if (run.status() == RunStatus.PAUSED || run.status() == RunStatus.WAITING_INPUT) {
            attempts.stream().filter(attempt -> attempt.end().isEmpty()).forEach(attempt -> violated("the run is " + run.status().wire() + " and the attempt " + attempt.key() + " is under way"));
        }
        if (!over()) {
            return;
        }
        attempts.stream().filter(attempt -> attempt.end().isEmpty()).forEach(attempt -> violated("the run has ended and the attempt " + attempt.key() + " has not"));
        Set<AttemptKey> theirs = attempts.stream().map(Attempt::key).collect(Collectors.toSet());
        Optional<JobRef> left = jobs.stream().filter(job -> theirs.contains(job.key())).findFirst();
        left.ifPresent(job -> violated("the run has ended and " + job.backend() + " still holds " + job.key()));
    }
}
