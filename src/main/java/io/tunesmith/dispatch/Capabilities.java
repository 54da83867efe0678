package io.tunesmith.dispatch;

import java.time.Duration;

/**
 * @param slots jobs at once; 0 of one with a shared folder: it takes only what must not leave that folder
 * @param gpuSlots GPUs, 0 if none
 * @param idempotentSubmit whether submitting a key twice makes one job
 * @param settleWindow how long a fresh submit may stay invisible
 * @param sharedFolder whether jobs write into a folder that the service sees
 * @param callback whether jobs can reach the service over HTTP
 */
public record Capabilities(String name, int slots, int gpuSlots, boolean idempotentSubmit, Duration settleWindow, boolean sharedFolder, boolean callback) {}
