package io.tunesmith.api.rest;

/** Ends the service in good order: running attempts are left to go on from where they are recorded, the store is closed. */
public interface Ending {

    /** Returns at once; the end follows after the current answer. */
    void begin();
}
