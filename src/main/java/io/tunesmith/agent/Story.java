package io.tunesmith.agent;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/** What the agent tells whoever watches its terminal: one line a change. Thread-safe: a line is one call. */
final class Story {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private final PrintStream out;

    Story(PrintStream out) {
        this.out = out;
    }

    /** Text from elsewhere may not move the cursor. */
    void tell(String line) {
        out.println(LocalTime.now().format(TIME) + " " + line.replaceAll("\\p{Cntrl}", "\uFFFD"));
    }
}
