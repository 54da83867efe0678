package io.tunesmith.data.fetch;

import java.time.Duration;

/**
 * How much one transfer may take.
 *
 * @param bytes the largest file, packed and unpacked
 * @param time the longest transfer, with all redirects
 * @param patience how long the other side may be silent, and after how long its pace is looked at
 * @param pace the slowest, in bytes a second
 * @param atOnce transfers at once
 * @param ofOwner transfers at once of one owner
 */
public record Caps(long bytes, Duration time, Duration patience, long pace, int atOnce, int ofOwner) {
    public static final Caps USUAL = new Caps(2L << 30, Duration.ofMinutes(30), Duration.ofSeconds(20), 4096, 4, 2);
}
