package io.tunesmith.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Randomness split by name: each consumer draws from a stream of its own, named by strings and numbers, so that a new consumer
 * shifts no other's draws. The stream's seed is the first 8 bytes of SHA-256 over the root seed and the names.
 * Immutable; the streams themselves are not thread-safe.
 */
public record RandomSource(long seed) {

    /** The stream of this name, always from its beginning: {@code source.stream("propose", 17)}. */
    public RandomGenerator stream(Object... names) {
        return new SplittableRandom(seedOf(names));
    }

    /** A seed derived from the name, to hand to a process that has randomness of its own. */
    public long seedOf(Object... names) {
        MessageDigest digest = Sha256.digest();
        digest.update(ByteBuffer.allocate(8).putLong(seed).array());
        for (Object name : names) {
            digest.update(String.valueOf(name).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }
}
