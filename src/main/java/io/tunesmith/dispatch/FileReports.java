package io.tunesmith.dispatch;

import io.tunesmith.contract.Claim;
import io.tunesmith.contract.WorkerEvent;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a process writes into its folder while it works, each event once: the way of reports where the service cannot be called. For one thread.
 */
final class FileReports {
    private final AttemptFolder folder;
    private long offset;

    FileReports(AttemptFolder folder) {
        this.folder = folder;
    }

    Optional<Claim> claim() {
        return folder.claim();
    }

    /** Whole lines that were appended since the last call. */
    List<WorkerEvent> next() {
        AttemptFolder.Lines lines = folder.eventsFrom(offset);
        offset = lines.nextByte();
        return lines.events();
    }
}
