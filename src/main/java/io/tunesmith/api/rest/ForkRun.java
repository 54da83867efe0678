package io.tunesmith.api.rest;

import java.util.Optional;

/** The body of {@code POST /api/v1/runs/{id}/fork}: what the new run has other than the old one. */
public record ForkRun(Optional<String> prompt, Optional<String> target, Optional<String> metric, Optional<BudgetView> budget, Optional<Long> seed) {}
