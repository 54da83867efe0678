package io.tunesmith.trainer;

/** The rounds after which a score is reported: 1, 2, 3, 5, 8, … (Fibonacci), the same for every run, so that pruning is too. */
final class Steps {
    private int next = 1;
    private int after = 2;

    /** The steps after this round. */
    static Steps after(int round) {
        Steps steps = new Steps();
        for (int passed = 1; passed <= round; passed++) {
            steps.reached(passed);
        }
        return steps;
    }

    /** Whether this round is one of them; to be asked for 1, 2, 3, … in order. */
    boolean reached(int round) {
        if (round < next) {
            return false;
        }
        int sum = next + after;
        next = after;
        after = sum;
        return true;
    }
}
