package io.tunesmith.data.fetch;

import io.tunesmith.data.Unpacker.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A zip that holds one file. Its directory is measured before it is read, so that a list of a million entries takes no memory.
 *
 * @param most the largest content, in bytes
 */
record ZipOfOne(Path zip, long most) {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final long LARGEST_DIRECTORY = 256 << 10;
    private static final int MOST_ENTRIES = 100;

    interface Use {
        Plain of(String name, InputStream content, long packed) throws IOException;
    }

    Plain read(Use use) throws IOException {
        checkDirectory();
        try (ZipFile opened = ZipFile.builder().setPath(zip).get()) {
            ZipArchiveEntry only = only(Collections.list(opened.getEntries()));
            Inbox.checkSize(only.getSize(), most);
            try (InputStream content = opened.getInputStream(only)) {
                return use.of(only.getName().substring(only.getName().lastIndexOf('/') + 1), content, Math.min(only.getCompressedSize(), zip.toFile().length()));
            }
        }
    }

    private ZipArchiveEntry only(List<ZipArchiveEntry> entries) {
        entries.forEach(this::check);
        List<ZipArchiveEntry> files = new ArrayList<>(entries);
        files.removeIf(entry -> entry.isDirectory() || entry.getName().startsWith("__MACOSX/"));
        if (files.size() != 1) {
            throw broken("it holds " + files.size() + " files");
        }
        return files.getFirst();
    }

    private void check(ZipArchiveEntry entry) {
        String name = entry.getName();
        if (entry.isUnixSymlink()) {
            throw broken("it holds a link");
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw broken("it is encrypted");
        }
        if (name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf(':') >= 0 || name.length() > 1024 || name.chars().anyMatch(Character::isISOControl) || Stream.of(name.split("/")).anyMatch(".."::equals)) {
            throw broken("it holds a name that leads elsewhere");
        }
    }

    private void checkDirectory() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "r")) {
            int length = (int) Math.min(file.length(), END_BYTES + LONGEST_COMMENT);
            byte[] tail = new byte[length];
            file.seek(file.length() - length);
            file.readFully(tail);
            ByteBuffer bytes = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
            int at = length - END_BYTES;
            while (at >= 0 && bytes.getInt(at) != END) {
                at--;
            }
            if (at < 0) {
                throw new IOException("no end of the directory");
            }
            long directory = file.length() - length + at - Integer.toUnsignedLong(bytes.getInt(at + 16));
            if (Short.toUnsignedInt(bytes.getShort(at + 10)) > MOST_ENTRIES || directory > LARGEST_DIRECTORY || directory < 0) {
                throw broken("it holds too many files");
            }
        }
    }

    private static RuntimeException broken(String why) {
        return Archives.broken("the zip", why);
    }
}
