/**
 * Where to look next: the {@link io.tunesmith.search.Sampler} and {@link io.tunesmith.search.Stopper} ports, and what they see. Samplers
 * know spaces and past trials; they never see data or plans. Pure.
 */
package io.tunesmith.search;
