package io.tunesmith.study;

import io.tunesmith.core.Failure;
import io.tunesmith.search.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A study so far: its spec and its trials, numbered 0, 1, … without a gap. Immutable. */
public record StudyState(StudySpec spec, List<Trial> trials) {
    public StudyState {
        trials = List.copyOf(trials);
        for (int i = 0; i < trials.size(); i++) {
            if (trials.get(i).number() != i) {
                throw new IllegalArgumentException("trial " + trials.get(i).number() + " is at place " + i);
            }
        }
    }

    /** Before the first trial. */
    public StudyState(StudySpec spec) {
        this(spec, List.of());
    }

    /** With this trial in place of the one of its number, or as the next. A trial that had ended must be equal. */
    public StudyState with(Trial trial) {
        List<Trial> changed = new ArrayList<>(trials);
        if (trial.number() == changed.size()) {
            changed.add(trial);
            return new StudyState(spec, changed);
        }
        Trial before = trial(trial.number());
        if (before.state().terminal() && !before.equals(trial)) {
            throw new Failure.Defect("trial " + trial.number() + " has ended as " + before.state() + " and cannot become " + trial.state()).asException();
        }
        changed.set(trial.number(), trial);
        return new StudyState(spec, changed);
    }

    /**
     * @throws io.tunesmith.core.FailureException with a {@link Failure.Defect} if there is none of this number
     */
    public Trial trial(int number) {
        if (number < 0 || number >= trials.size()) {
            throw new Failure.Defect("there is no trial " + number + " among " + trials.size()).asException();
        }
        return trials.get(number);
    }

    /** The incumbent: the succeeded trial with the best score, the earliest of equals. */
    public Optional<Trial> best() {
        return trials.stream().filter(trial -> trial.score().isPresent())
                .min(Comparator.comparingDouble(trial -> spec.direction().loss(trial.score().orElseThrow())));
    }

    /** How many trials have not ended. */
    public int open() {
        return (int) trials.stream().filter(trial -> !trial.state().terminal()).count();
    }

    /** Whether all that trial {@code number} may learn from has ended. */
    public boolean settledFor(int number) {
        return trials.stream().limit(Math.max(0, lastKnown(number) + 1)).allMatch(trial -> trial.state().terminal());
    }

    /** What trial {@code number} may learn from: what was known before the study, and the trials before it, those within the look-back as pending whether they have ended or not. */
    public List<Evidence> evidence(int number) {
        int known = spec.past().size();
        return Stream.concat(spec.past().stream(), trials.stream().limit(number)
                .map(trial -> trial.number() <= lastKnown(number) ? trial.evidence(spec.direction()) : trial.pending()).map(own -> own.numbered(known + own.number()))).toList();
    }

    /** The trials that trial {@code number} is compared with while it runs: those whose results it may know. */
    public List<Evidence> comparable(int number) {
        return trials.stream().limit(Math.max(0, lastKnown(number) + 1)).map(trial -> trial.evidence(spec.direction())).toList();
    }

    private int lastKnown(int number) {
        return number - spec.lookback();
    }
}
