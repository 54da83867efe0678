package io.tunesmith.api.rest;

import io.tunesmith.core.RunId;
import io.tunesmith.run.Runs;
import io.tunesmith.run.RunVersion;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs as JSON, kept while their version is the same: whoever asks again and again for one run costs one look at its row, not ten queries and the writing
 * of it. A run that goes on is written anew after a second, since its seconds and the states of its trials move without an event; an ended one never
 * changes. Thread-safe: a lock guards the map, bounded by number and size; bodies are written outside of it.
 */
@Singleton
public final class RunBodies {
    private static final int MOST = 128;
    private static final int LONGEST = 65_536;
    private static final Duration FRESH = Duration.ofSeconds(1);
    private final RunViews views;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RunId, Body> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Body> eldest) {
            return size() > MOST;
        }
    };

    public RunBodies(RunViews views, Clock clock) {
        this.views = views;
        this.clock = clock;
    }

    /** @param version as these runs' caller just saw it */
    String of(Runs runs, RunVersion version) {
        String tag = RunTag.of(version).getValue();
        Instant now = clock.instant();
        return known(version.run().id()).filter(body -> body.tag().equals(tag) && (version.run().ended().isPresent() || now.isBefore(body.at().plus(FRESH)))).map(Body::json)
                .orElseGet(() -> written(runs, version, tag, now));
    }

    private Optional<Body> known(RunId id) {
        lock.lock();
        try {
            return Optional.ofNullable(kept.get(id));
        } finally {
            lock.unlock();
        }
    }

    private String written(Runs runs, RunVersion version, String tag, Instant now) {
        String json = WireJson.write(views.whole(runs, version.run()));
        if (json.length() <= LONGEST) {
            lock.lock();
            try {
                kept.put(version.run().id(), new Body(tag, now, json));
            } finally {
                lock.unlock();
            }
        }
        return json;
    }

    private record Body(String tag, Instant at, String json) {}
}
