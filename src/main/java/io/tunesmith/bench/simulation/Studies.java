package io.tunesmith.bench.simulation;

import io.tunesmith.contract.AttemptKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The studies as stored: proposals, ends, charges. For one thread. */
final class Studies {
    private final List<Study> all = new ArrayList<>();

    /** How a trial ended. @param curve what its listener was told: step → value */
    record End(String state, double score, SortedMap<Long, Double> curve, int attempts) {}

    /** @param configuration what was proposed */
    record Trial(int number, int configuration, Optional<End> end) {}

    /** One study. @param files whether its processes report by files alone */
    static final class Study {
        private final String name;
        private final int budget;
        private final int parallel;
        private final boolean files;
        private final SortedMap<Integer, Trial> trials = new TreeMap<>();
        private int charged;
        private boolean cancelled;

        Study(String name, int budget, int parallel, boolean files) {
            this.name = name;
            this.budget = budget;
            this.parallel = parallel;
            this.files = files;
        }

        String name() {
            return name;
        }

        int budget() {
            return budget;
        }

        int parallel() {
            return parallel;
        }

        boolean files() {
            return files;
        }

        boolean cancelled() {
            return cancelled;
        }

        void cancel() {
            cancelled = true;
        }

        /** The first proposal under a number stays, and is charged. */
        Trial propose(int number, int configuration) {
            return trials.computeIfAbsent(number, _ -> {
                charged++;
                Violation.unless(trials.values().stream().noneMatch(trial -> trial.configuration() == configuration), "%s tries configuration %d twice", name, configuration);
                Violation.unless(charged <= budget, "%s was charged for %d of %d trials", name, charged, budget);
                return new Trial(number, configuration, Optional.empty());
            });
        }

        /** A trial that has ended never changes. */
        boolean end(int number, End end) {
            Trial trial = trials.get(number);
            if (trial.end().isPresent()) {
                Violation.unless(trial.end().get().equals(end), "trial %d of %s ended by %s, then by %s", number, name, trial.end().get(), end);
                return false;
            }
            trials.put(number, new Trial(number, trial.configuration(), Optional.of(end)));
            return true;
        }

        List<Trial> trials() {
            return List.copyOf(trials.values());
        }

        boolean over() {
            return (cancelled || trials.size() == budget) && trials.values().stream().allMatch(trial -> trial.end().isPresent());
        }

        AttemptKey key(int number, int n) {
            return new AttemptKey("ts-" + name + "-t" + number + "-a" + n);
        }

        void checkAtTheEnd() {
            Violation.unless(charged == trials.size(), "%s was charged for %d of %d trials", name, charged, trials.size());
            Violation.unless(over(), "%s is not over: %s", name, trials);
        }
    }

    void add(Study study) {
        all.add(study);
    }

    List<Study> all() {
        return List.copyOf(all);
    }
}
