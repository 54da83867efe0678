package io.tunesmith.run;

import io.tunesmith.core.RunId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Runs that were seen ended: they never change, and so need not be looked up again. Thread-safe: a lock guards the map, bounded by number and by the size of the request. */
final class EndedRuns {
    private static final int MOST = 256;
    private static final int LONGEST_REQUEST = 4_096;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RunId, RunVersion> ended = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, RunVersion> eldest) {
            return size() > MOST;
        }
    };

    Optional<RunVersion> find(RunId id) {
        lock.lock();
        try {
            return Optional.ofNullable(ended.get(id));
        } finally {
            lock.unlock();
        }
    }

    RunVersion seen(RunVersion version) {
        if (version.run().ended().isPresent() && version.run().request().text().length() <= LONGEST_REQUEST) {
            lock.lock();
            try {
                ended.put(version.run().id(), version);
            } finally {
                lock.unlock();
            }
        }
        return version;
    }
}
