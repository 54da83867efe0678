/**
 * Tunesmith: a request in plain language becomes a tested model.
 *
 * <pre>
 * data      reference → profile (in a child process), split rule, sealed test part
 * task      request text + profile → TaskSpec, each field with its source
 * plan      TaskSpec + profile → PipelinePlan: recipe, columns, search space, estimate
 * study     trials and their legal moves; asks search for proposals, decides what happens next
 * dispatch  attempts: one claimed, fenced training process each; model and trainer run inside it
 * judge     candidates on fresh seeds, the sealed test opened once, the receipt
 * report    what a person reads; run walks this path, postgres remembers it, api and cli are its doors
 * </pre>
 */
package io.tunesmith;
