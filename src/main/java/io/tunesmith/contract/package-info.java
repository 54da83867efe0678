/**
 * What the service and a training process say to each other, whatever the engine and the language: the spec handed in, the claim,
 * the events, the result. Their JSON has a schema under {@code resources/contract}; golden messages under the test resources are
 * read by every worker's tests.
 *
 * <p>An attempt's folder: {@code spec.json} and {@code token} (0600) are put there before the process starts; the process writes
 * {@code claim.json}, {@code metrics.jsonl} (every event, one a line), {@code result.json} (an {@link io.tunesmith.contract.Outcome}) and artifacts by rename, {@code exit}
 * (the exit code, last). {@code log.txt} is its standard output and error.
 */
package io.tunesmith.contract;
