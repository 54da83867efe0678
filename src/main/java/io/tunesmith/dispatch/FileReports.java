package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what processes write into their folder while they work, each event once: the way of reports where the service cannot be called. For one thread.
 */
final class FileReports {
    private static final int MOST_RESTARTS = 100;
    private final AttemptFiles files;
    private final Map<Integer, Long> offsets = new HashMap<>();

    FileReports(AttemptFiles files) {
        this.files = files;
    }

    /** Claims by file, in the order in which the engine started their processes. What cannot be read counts as not there. */
    List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        for (int restarts = 0; restarts < MOST_RESTARTS; restarts++) {
            Path file = files.claim(restarts);
            try {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    claims.add(Wire.read(file, Claim.class));
                } else if (restarts > 0) {
                    return claims;
                }
            } catch (IOException | FailureException e) {
                return claims;
            }
        }
        return claims;
    }

    /** Whole lines that the incarnation appended since the last call. */
    List<WorkerEvent> next(int incarnation) {
        AttemptFolder.Lines lines = new AttemptFolder(files.work(incarnation)).eventsFrom(offsets.getOrDefault(incarnation, 0L));
        offsets.put(incarnation, lines.nextByte());
        return lines.events();
    }
}
