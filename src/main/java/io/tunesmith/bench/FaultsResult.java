package io.tunesmith.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the kills did.
 *
 * @param status of the run at its end
 * @param recorded trials with an end
 * @param twice trials recorded more than once
 * @param givenUp trials that lost their process so often that they were given up: recorded, and no violation
 * @param violations what the audit said
 * @param orphans processes that were left after all services and agents had ended
 * @param slotsFree whether two more trials ran at the end
 */
record FaultsResult(String backend, String status, int asked, int recorded, int twice, int givenUp, int attempts, List<String> violations, List<String> orphans, boolean slotsFree, Map<String, Integer> kills,
        double seconds) {

    int lost() {
        return asked - recorded;
    }

    boolean clean() {
        return status.equals("succeeded") && lost() == 0 && twice == 0 && violations.isEmpty() && orphans.isEmpty() && slotsFree;
    }

    void print() {
        System.out.printf(Locale.ROOT, "%n%s: %s after %.0f s; kills: %s%n", backend, status, seconds, kills.entrySet().stream().map(kill -> kill.getKey() + " " + kill.getValue()).collect(Collectors.joining(", ")));
        row("trials asked", asked);
        row("trials recorded", recorded);
        row("  of them given up after three lost processes", givenUp);
        row("attempts", attempts);
        row("trials lost", lost());
        row("trials recorded twice", twice);
        row("broken promises (audit)", violations.size());
        row("orphan processes", orphans.size());
        row("slots leaked", slotsFree ? 0 : 1);
        violations.forEach(violation -> System.out.println("  ! " + violation));
        orphans.forEach(orphan -> System.out.println("  ! left: " + orphan));
    }

    private static void row(String what, int number) {
        System.out.printf(Locale.ROOT, "  %-48s %6d%n", what, number);
    }
}
