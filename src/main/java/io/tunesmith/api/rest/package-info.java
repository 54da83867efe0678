/**
 * The native HTTP API under {@code /api/v1}: parse, call a use case of {@code run}, answer a wire record. The records here are the JSON of
 * this API (snake_case, absent as null); the command line reads the same ones. {@link io.tunesmith.api.rest.Gate} stands before every path,
 * {@link io.tunesmith.api.rest.Problems} is the one place where a failure becomes an answer.
 */
package io.tunesmith.api.rest;
