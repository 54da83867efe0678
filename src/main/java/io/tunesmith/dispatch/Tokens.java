package io.tunesmith.dispatch;

import io.tunesmith.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Draws an attempt's token and checks one: only its SHA-256 is stored. Thread-safe if the entropy is. */
record Tokens(Supplier<byte[]> entropy) {

    String draw() {
        return HexFormat.of().formatHex(entropy.get());
    }

    static String hash(String token) {
        return Sha256.of(token.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** In constant time. */
    static boolean matches(String token, String hash) {
        return MessageDigest.isEqual(hash(token).getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }
}
