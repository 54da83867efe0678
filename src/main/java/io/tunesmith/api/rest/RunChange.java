package io.tunesmith.api.rest;

/**
 * The body of {@code PATCH /api/v1/runs/{id}}.
 *
 * @param action {@code cancel}
 */
public record RunChange(String action) {}
