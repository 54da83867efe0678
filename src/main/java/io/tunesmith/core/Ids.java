package io.tunesmith.core;

import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Makes ids of a prefix and 26 lower-case Crockford base-32 characters: 10 of the time in milliseconds, 16 (80 bits) of entropy,
 * so that ids sort by time. Thread-safe if the entropy source is.
 */
public final class Ids {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final Pattern BODY = Pattern.compile("[0-9a-hjkmnp-tv-z]{26}");
    private final Clock clock;
    private final LongSupplier entropy;

    /** @param entropy 64 unpredictable bits a call; the service hands in {@code SecureRandom::nextLong} */
    public Ids(Clock clock, LongSupplier entropy) {
        this.clock = clock;
        this.entropy = entropy;
    }

    public RunId run() {
        return new RunId(next(RunId.PREFIX));
    }

    public DatasetId dataset() {
        return new DatasetId(next(DatasetId.PREFIX));
    }

    public FileId file() {
        return new FileId(next(FileId.PREFIX));
    }

    public BatchId batch() {
        return new BatchId(next(BatchId.PREFIX));
    }

    /** A fresh id with this prefix, for example {@code next("key_")}. */
    public String next(String prefix) {
        StringBuilder text = new StringBuilder(prefix);
        append(text, clock.millis(), 10);
        append(text, entropy.getAsLong(), 8);
        append(text, entropy.getAsLong(), 8);
        return text.toString();
    }

    private static void append(StringBuilder text, long bits, int characters) {
        for (int i = characters - 1; i >= 0; i--) {
            text.append(ALPHABET.charAt((int) (bits >>> (5 * i)) & 31));
        }
    }

    static String checked(String prefix, String value) {
        if (value == null || !value.startsWith(prefix) || !BODY.matcher(value.substring(prefix.length())).matches()) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "id", "\"" + value + "\" is not an id")
                    .allowed(prefix + " and 26 lower-case characters").asException();
        }
        return value;
    }
}
