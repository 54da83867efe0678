package io.tunesmith.api.rest;

import io.tunesmith.run.Run;
import io.tunesmith.run.RunRequest;
import io.tunesmith.run.Start;
import java.util.Optional;

/** The body of {@code POST /api/v1/runs/{id}/fork}: what the new run has other than the one that it goes on from. */
public record ForkRun(Optional<String> prompt, Optional<String> target, Optional<String> metric, Optional<BudgetView> budget, Optional<Long> seed) {

    /** What is not said here is as it was. */
    RunRequest request(Run parent) {
        RunRequest before = parent.request();
        MakePlan changed = new MakePlan(prompt.or(() -> Optional.of(before.text())), Optional.empty(), Optional.of(before.data().value()), target, metric, budget, seed);
        return new RunRequest(changed.text(), before.data(), changed.overrides().or(before.overrides()), Start.NOW, Optional.of(parent.id()));
    }
}
