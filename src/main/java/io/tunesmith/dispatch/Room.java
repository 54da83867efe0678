package io.tunesmith.dispatch;

/** Whether a backend can take one more attempt now. */
public sealed interface Room {

    /** It would start at once. */
    record Free() implements Room {}

    /** Not now. @param why for people, for example {@code both slots of local are busy} */
    record Waits(String why) implements Room {}

    /** Not in any state of this backend. @param why for people, with what would have to change */
    record Never(String why) implements Room {}
}
