package io.tunesmith.bench;

import java.util.Locale;

/**
 * What one side did.
 *
 * @param ended trials recorded with an end that counts
 * @param open trials left without an end
 * @param twice trials recorded twice
 */
record Throughput(String who, int asked, int ended, int open, int twice, int kills, double seconds) {

    double perSecond() {
        return ended / seconds;
    }

    int lost() {
        return Math.max(0, asked - ended);
    }

    static void header() {
        System.out.printf(Locale.ROOT, "%-28s %10s %8s %8s %8s %8s %12s %8s%n", "", "trials/s", "seconds", "trials", "kills", "lost", "left open", "twice");
    }

    void print() {
        System.out.printf(Locale.ROOT, "%-28s %10.1f %8.1f %8d %8d %8d %12d %8d%n", who, perSecond(), seconds, ended, kills, lost(), open, twice);
    }
}
