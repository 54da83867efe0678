package io.tunesmith.api.rest;

import java.util.Optional;

/**
 * The body of {@code PATCH /api/v1/runs/{id}}.
 *
 * @param action {@code cancel}, {@code pause}, {@code resume} or {@code extend}
 * @param budget what {@code extend} adds; with no other action
 */
public record RunChange(Optional<String> action, Optional<BudgetView> budget) {}
