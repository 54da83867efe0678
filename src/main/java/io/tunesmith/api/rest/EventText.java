package io.tunesmith.api.rest;

import io.tunesmith.run.RunEvent;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * An event as server-sent text. An event never changes, and when hundreds follow one run each is asked for hundreds of times in a row: the last
 * {@value #SLOTS} short ones are kept. Thread-safe: a slot is replaced as a whole.
 */
final class EventText {
    private static final int SLOTS = 2_048;
    private static final int LONGEST = 2_048;
    private static final AtomicReferenceArray<Kept> KEPT = new AtomicReferenceArray<>(SLOTS);

    private EventText() {}

    static String of(RunEvent event) {
        int slot = Math.floorMod(event.run().hashCode() + event.seq(), SLOTS);
        return Optional.ofNullable(KEPT.get(slot)).filter(kept -> kept.is(event)).map(Kept::text).orElseGet(() -> fresh(event, slot));
    }

    private static String fresh(RunEvent event, int slot) {
        String text = "id: " + event.seq() + "\nevent: " + event.type() + "\ndata: " + WireJson.write(EventView.of(event)) + "\n\n";
        if (text.length() <= LONGEST) {
            KEPT.set(slot, new Kept(event, text));
        }
        return text;
    }

    /** By identity: a test may make another event of the same run and number. */
    private record Kept(RunEvent event, String text) {
        boolean is(RunEvent other) {
            return event == other;
        }
    }
}
