package io.tunesmith.run;

/**
 * A run as it was at one moment.
 *
 * @param lastEvent the number of its last event: while it and the status stay, nothing that a caller sees has changed but what only time moves
 */
public record RunVersion(Run run, long lastEvent) {}
