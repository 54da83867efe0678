package io.tunesmith.api.rest;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each key: as many as its requests a minute, filled evenly, one taken by each request. In memory, without waiting. Thread-safe: a
 * bucket changes in one step of the map.
 */
final class RequestRate {
    private static final double MINUTE_NANOS = 60e9;
    private static final int MANY = 10_000;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** @param nanos counts from any origin and never goes back */
    RequestRate(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Bucket(double tokens, long at, boolean took) {}

    /**
     * Whether a request passes.
     *
     * @param remaining that would pass now
     * @param next until the next one passes; none if it does now
     * @param full until all would
     */
    record Turn(boolean passes, int limit, int remaining, Duration next, Duration full) {}

    Turn take(String key, int perMinute) {
        long now = nanos.getAsLong();
        if (buckets.size() > MANY) {
            buckets.values().removeIf(bucket -> now - bucket.at() > MINUTE_NANOS);
        }
        Bucket bucket = buckets.compute(key, (_, old) -> next(old == null ? new Bucket(perMinute, now, false) : old, perMinute, now));
        double wait = bucket.tokens() >= 1 ? 0 : (1 - bucket.tokens()) / perMinute;
        return new Turn(bucket.took(), perMinute, (int) bucket.tokens(), minutes(wait), minutes((perMinute - bucket.tokens()) / perMinute));
    }

    private static Bucket next(Bucket old, int perMinute, long now) {
        double tokens = Math.min(perMinute, old.tokens() + (now - old.at()) / MINUTE_NANOS * perMinute);
        return tokens >= 1 ? new Bucket(tokens - 1, now, true) : new Bucket(tokens, now, false);
    }

    private static Duration minutes(double minutes) {
        return Duration.ofNanos((long) Math.ceil(minutes * MINUTE_NANOS));
    }
}
