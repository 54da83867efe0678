package io.tunesmith.bench.simulation;

import java.util.function.Consumer;

/** What happened, line by line: counted, hashed (FNV-1a, 64 bits) and handed on. For one thread. */
final class History {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private final SimulatedClock clock;
    private final Consumer<String> reader;
    private long hash = OFFSET;
    private long lines;

    History(SimulatedClock clock, Consumer<String> reader) {
        this.clock = clock;
        this.reader = reader;
    }

    void say(String what) {
        String line = clock.seconds() + " " + what;
        for (int i = 0; i < line.length(); i++) {
            hash = (hash ^ line.charAt(i)) * PRIME;
        }
        lines++;
        reader.accept(line);
    }

    long hash() {
        return hash;
    }

    long lines() {
        return lines;
    }
}
