package io.tunesmith.dispatch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Reads a log by byte offset; a character that is cut by the end of the piece is left for the next one. */
public final class LogFile {
    private static final int LONGEST_CHARACTER = 4;

    private LogFile() {}

    /** At most {@code max} bytes; nothing where there is no such file. */
    public static LogChunk read(Path log, long fromByte, int max) {
        try (FileChannel file = FileChannel.open(log, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            long from = Math.min(Math.max(0, fromByte), file.size());
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(max, file.size() - from));
            while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
                continue;
            }
            int whole = whole(bytes.array(), bytes.position());
            return new LogChunk(new String(bytes.array(), 0, whole, StandardCharsets.UTF_8), from + whole);
        } catch (IOException e) {
            return new LogChunk("", fromByte);
        }
    }

    /** The length without an unfinished character at the end. */
    private static int whole(byte[] bytes, int length) {
        for (int back = 1; back <= Math.min(LONGEST_CHARACTER, length); back++) {
            int lead = bytes[length - back] & 0xff;
            if ((lead & 0xc0) != 0x80) {
                int needs = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
                return needs > back && length > back ? length - back : length;
            }
        }
        return length;
    }
}
