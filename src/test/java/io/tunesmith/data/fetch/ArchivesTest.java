package io.tunesmith.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.data.Unpacker.Plain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivesTest {
    private static final byte[] TABLE = "a,b\n1,2\n".getBytes();
    @TempDir
    Path folder;
    private Path inbox;

    interface Filling {
        void of(ZipArchiveOutputStream zip) throws IOException;
    }

    @BeforeEach
    void makeInbox() throws IOException {
        inbox = Files.createDirectory(folder.resolve("inbox"));
    }

    private Plain unpack(String name, byte[] bytes) throws IOException {
        return new Archives(new Inbox(inbox), 64L << 20).unpack(name, Files.write(folder.resolve("packed"), bytes));
    }

    private void refused(byte[] bytes, FailureCode code, String words) throws IOException {
        assertThatThrownBy(() -> unpack("a.zip", bytes)).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(code)).hasMessageContaining(words);
        try (var left = Files.list(inbox)) {
            assertThat(left).isEmpty();
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] zip(Filling filling) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            filling.of(zip);
        }
        return out.toByteArray();
    }

    private static void put(ZipArchiveOutputStream zip, String name, byte[] bytes, int mode) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setUnixMode(mode);
        zip.putArchiveEntry(entry);
        zip.write(bytes);
        zip.closeArchiveEntry();
    }

    private static byte[] zipOf(String name, byte[] bytes) throws IOException {
        return zip(zip -> put(zip, name, bytes, 0100644));
    }

    @Test
    void whatIsNotPackedStays() throws IOException {
        Plain plain = unpack("a.csv", TABLE);

        assertThat(plain.name()).isEqualTo("a.csv");
        assertThat(plain.file()).isEqualTo(folder.resolve("packed")).hasBinaryContent(TABLE);
    }

    @Test
    void theContentDecidesNotTheName() throws IOException {
        assertThat(unpack("a.csv.gz", gzip(TABLE)).name()).isEqualTo("a.csv");
        assertThat(unpack("a.csv", gzip(TABLE)).file()).hasBinaryContent(TABLE);
        assertThat(unpack("a.csv.gz", TABLE).file()).hasBinaryContent(TABLE);
        assertThat(folder.resolve("packed")).exists();
    }

    @Test
    void aZipOfOneFileIsThatFile() throws IOException {
        Plain plain = unpack("whatever.bin", zip(zip -> {
            put(zip, "dir/", new byte[0], 0040755);
            put(zip, "dir/train.csv", TABLE, 0100644);
            put(zip, "__MACOSX/dir/._train.csv", TABLE, 0100644);
        }));

        assertThat(plain.name()).isEqualTo("train.csv");
        assertThat(plain.file()).hasBinaryContent(TABLE);
        assertThat(folder.resolve("packed")).doesNotExist();
    }

    @Test
    void membersOfGzipAreOneFile() throws IOException {
        byte[] one = gzip(TABLE);
        byte[] two = Arrays.copyOf(one, one.length * 2);
        System.arraycopy(one, 0, two, one.length, one.length);

        assertThat(unpack("a.csv.gz", two).file()).hasBinaryContent("a,b\n1,2\na,b\n1,2\n".getBytes());
    }

    @Test
    void bombsAreRefused() throws IOException {
        byte[] zeros = new byte[40 << 20];
        refused(gzip(zeros), FailureCode.TOO_LARGE, "200 times");
        refused(zipOf("a.csv", zeros), FailureCode.TOO_LARGE, "200 times");
        refused(zipOf("a.csv", new byte[65 << 20]), FailureCode.TOO_LARGE, "larger");
        refused(gzip(gzip(zeros)), FailureCode.DATA_UNREADABLE, "archive is in the archive");
        refused(zipOf("a.zip", zipOf("a.csv", TABLE)), FailureCode.DATA_UNREADABLE, "archive is in the archive");
    }

    @Test
    void aZipOfAnythingElseIsRefused() throws IOException {
        refused(zip(_ -> {}), FailureCode.DATA_UNREADABLE, "0 files");
        refused(zip(zip -> {
            put(zip, "a.csv", TABLE, 0100644);
            put(zip, "b.csv", TABLE, 0100644);
        }), FailureCode.DATA_UNREADABLE, "2 files");
        refused(zip(zip -> put(zip, "a.csv", "/etc/passwd".getBytes(), 0120777)), FailureCode.DATA_UNREADABLE, "link");
        for (String name : new String[] {"../a.csv", "/etc/a.csv", "a/../../b.csv", "..\\a.csv", "c:a.csv", "a\n.csv"}) {
            refused(zipOf(name, TABLE), FailureCode.DATA_UNREADABLE, "leads elsewhere");
        }
        refused(zip(zip -> {
            for (int i = 0; i < 5000; i++) {
                put(zip, "d" + i + "/", new byte[0], 0040755);
            }
        }), FailureCode.DATA_UNREADABLE, "too many");
    }

    @Test
    void aDamagedOneIsRefused() throws IOException {
        byte[] gzip = gzip(TABLE);
        byte[] zip = zipOf("a.csv", TABLE);
        refused(Arrays.copyOf(gzip, gzip.length - 6), FailureCode.DATA_UNREADABLE, "damaged");
        refused(Arrays.copyOf(zip, zip.length - 10), FailureCode.DATA_UNREADABLE, "damaged");
        zip[40] ^= 1;
        gzip[gzip.length - 8] ^= 1;
        refused(gzip, FailureCode.DATA_UNREADABLE, "damaged");
        refused(new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 1, 2, 3, 4}, FailureCode.DATA_UNREADABLE, "packed as xz");
    }
}
