/**
 * Dispatch under every fault at once, in one thread and on a clock of its own: services, engines, processes and their network are played, the
 * dispatcher is the real one. The same seed gives the same history. Nothing outside {@code bench} and tests depends on it.
 */
package io.tunesmith.bench.simulation;
