package io.tunesmith.contract.agent;

import io.tunesmith.contract.AttemptKey;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one attempt stands on an agent.
 *
 * @param phase {@code queued}, {@code running}, {@code stopping} or {@code ended}; ended is said only after the attempt's files are handed in
 * @param cause of an ended one: {@code ok}, {@code exit}, {@code signal}, {@code oom}, {@code cancelled}, {@code preempted}, {@code node_lost} or {@code not_started}
 * @param exitCode of its process, if it had one
 * @param signal that ended its process
 * @param text the agent's own words, for people
 */
public record JobReport(AttemptKey key, String phase, Optional<String> cause, OptionalInt exitCode, OptionalInt signal, String text) {}
