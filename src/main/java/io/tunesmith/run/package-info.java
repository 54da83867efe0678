/**
 * The whole flow, step by step: {@link io.tunesmith.run.RunWorkflow} walks it, each step idempotent, its result kept before the next begins;
 * every event is in one log. The use cases that doors call are here too. Sees ports and pure rooms, no adapter.
 */
package io.tunesmith.run;
