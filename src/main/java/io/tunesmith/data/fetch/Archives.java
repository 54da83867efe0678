package io.tunesmith.data.fetch;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.data.Unpacker;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Takes gzip and zip off, once. What its first bytes say it is, it is. Growth is limited twice: in bytes, and beyond the first ten megabytes to two hundred
 * times the packed size. Thread-safe.
 */
public final class Archives implements Unpacker {
    static final int RATIO = 200;
    static final long RATIO_FROM = 10L << 20;
    private static final int LONGEST_MAGIC = 10;
    private static final Map<String, String> OTHERS = Map.of("fd377a585a00", "xz", "28b52ffd", "zstd", "377abcaf271c", "7z", "526172211a07", "rar", "425a6839314159265359", "bzip2");
    private final Inbox inbox;
    private final long most;

    /** @param most the largest content, in bytes */
    public Archives(Inbox inbox, long most) {
        this.inbox = inbox;
        this.most = most;
    }

    @Override
    public Plain unpack(String name, Path file) {
        try {
            Kind kind = Kind.of(file);
            if (kind == Kind.PLAIN) {
                return new Plain(name, file);
            }
            Plain plain = kind == Kind.GZIP ? gunzip(name, file) : new ZipOfOne(file, most).read((entry, content, packed) -> new Plain(entry, copied(content, packed)));
            Files.delete(file);
            return plain;
        } catch (IOException e) {
            throw broken(name, "it is damaged, or packed in a way that is not read");
        }
    }

    private Plain gunzip(String name, Path file) throws IOException {
        long packed = Files.size(file);
        try (InputStream in = GzipCompressorInputStream.builder().setInputStream(new BufferedInputStream(Files.newInputStream(file))).setDecompressConcatenated(true).get()) {
            return new Plain(withoutEnding(name), copied(in, packed));
        }
    }

    private static String withoutEnding(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }

    private Path copied(InputStream content, long packed) throws IOException {
        return inbox.take(target -> {
            inbox.copy(content, target, most, total -> checkRatio(total, packed));
            if (Kind.of(target) != Kind.PLAIN) {
                throw broken("the file", "an archive is in the archive");
            }
        });
    }

    private static void checkRatio(long total, long packed) {
        if (total > RATIO_FROM && total / RATIO > packed) {
            throw Failure.BadRequest.of(FailureCode.TOO_LARGE, "data", "the data grow to more than " + RATIO + " times their packed size").allowed("at most " + RATIO + " times beyond " + (RATIO_FROM >> 20) + " MiB").hint("send them unpacked").asException();
        }
    }

    static FailureException broken(String name, String why) {
        return Failure.BadRequest.of(FailureCode.DATA_UNREADABLE, "data", "\"" + name + "\" cannot be unpacked: " + why).allowed("a table, alone or in one .gz or .zip with nothing else").asException();
    }

    private enum Kind {
        PLAIN,
        GZIP,
        ZIP;

        static Kind of(Path file) throws IOException {
            String begin;
            try (InputStream in = Files.newInputStream(file)) {
                begin = HexFormat.of().formatHex(in.readNBytes(LONGEST_MAGIC));
            }
            Optional<String> other = OTHERS.keySet().stream().filter(begin::startsWith).findFirst().map(OTHERS::get);
            if (other.isPresent()) {
                throw broken("the file", "it is packed as " + other.get());
            }
            return begin.startsWith("1f8b") ? GZIP : begin.startsWith("504b0304") || begin.startsWith("504b0506") ? ZIP : PLAIN;
        }
    }
}
