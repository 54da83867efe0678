package io.tunesmith.dispatch.agent;

import java.time.Instant;

/**
 * A machine that lends its slots, as stored.
 *
 * @param id its own, kept over its restarts
 * @param boot of the process that registered last
 * @param heard when it last said something, by the service's clock
 * @param leaving whether it said that it ends
 */
public record Agent(String id, String name, String boot, int slots, int gpus, Instant heard, boolean leaving) {}
