package io.tunesmith.postgres;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM in chunks of 1 MiB, so that memory does not grow with the file (the STREAM construction of Hoang, Reyhanitabar, Rogaway and
 * Vizár, 2015): a chunk's nonce is 7 random bytes of the file, the chunk's number (4 bytes) and whether it is the last (1 byte). A chunk
 * that is changed, moved, left out or taken from another run does not open.
 */
final class SealedFormat {
    static final int KEY_BYTES = 32;
    private static final int CHUNK = 1 << 20;
    private static final int TAG = 16;
    private static final int PREFIX = 7;
    private final SecretKeySpec key;
    private final byte[] name;

    SealedFormat(byte[] key, String name) {
        this.key = new SecretKeySpec(key, "AES");
        this.name = name.getBytes(StandardCharsets.UTF_8);
    }

    void encrypt(Path plain, Path sealed) throws IOException {
        byte[] prefix = new byte[PREFIX];
        new SecureRandom().nextBytes(prefix);
        try (InputStream in = Files.newInputStream(plain); DataOutputStream out = new DataOutputStream(Files.newOutputStream(sealed))) {
            out.write(prefix);
            byte[] chunk = in.readNBytes(CHUNK);
            for (int number = 0; ; number++) {
                byte[] next = in.readNBytes(CHUNK);
                out.write(apply(Cipher.ENCRYPT_MODE, prefix, number, next.length == 0, chunk));
                if (next.length == 0) {
                    return;
                }
                chunk = next;
            }
        }
    }

    /** What a service that was killed had decrypted before is replaced: it may be torn. */
    void decrypt(Path sealed, Path plain) throws IOException {
        Files.deleteIfExists(plain);
        Files.createFile(plain, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (DataInputStream in = new DataInputStream(Files.newInputStream(sealed)); OutputStream out = Files.newOutputStream(plain, StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] prefix = in.readNBytes(PREFIX);
            byte[] chunk = in.readNBytes(CHUNK + TAG);
            for (int number = 0; ; number++) {
                byte[] next = in.readNBytes(CHUNK + TAG);
                out.write(apply(Cipher.DECRYPT_MODE, prefix, number, next.length == 0, chunk));
                if (next.length == 0) {
                    return;
                }
                chunk = next;
            }
        } catch (IOException e) {
            Files.deleteIfExists(plain);
            throw e;
        }
    }

    private byte[] apply(int mode, byte[] prefix, int number, boolean last, byte[] chunk) throws IOException {
        byte[] nonce = ByteBuffer.allocate(12).put(Arrays.copyOf(prefix, PREFIX)).putInt(number).put((byte) (last ? 1 : 0)).array();
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
            cipher.updateAAD(name);
            return cipher.doFinal(chunk);
        } catch (GeneralSecurityException e) {
            throw new IOException("the sealed file does not fit its key, its run or its own checksum", e);
        }
    }
}
