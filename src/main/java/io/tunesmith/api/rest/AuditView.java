package io.tunesmith.api.rest;

import io.tunesmith.run.Audit;
import io.tunesmith.run.Run;
import java.util.List;

/** What a check of a run's records found; {@code violations} is empty for every run that kept its promises. */
public record AuditView(String runId, String status, int trials, int attempts, List<String> violations) {

    static AuditView of(Run run, Audit audit) {
        return new AuditView(run.id().value(), run.status().wire(), audit.trials(), audit.attempts(), audit.violations());
    }
}
