package io.tunesmith.data.duckdb;

import io.tunesmith.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a file can be text at all, by its first bytes; and where it stops being UTF-8. */
final class FileCheck {
    private static final int HEAD = 8192;
    private static final int CHUNK = 1 << 16;

    private FileCheck() {}

    static byte[] head(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw Refusal.unreadable("there is no file \"" + file.getFileName() + "\"").allowed("a CSV or Parquet file").hint("check the path").asException();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(HEAD);
            if (head.length == 0) {
                throw Refusal.unreadable("the file is empty").allowed("a header line with column names, then at least " + Refusal.FEWEST_ROWS + " rows").hint("check how it was exported").asException();
            }
            return head;
        }
    }

    static boolean parquet(byte[] head) {
        return starts(head, 'P', 'A', 'R', '1');
    }

    static boolean marked(byte[] head) {
        return starts(head, 0xEF, 0xBB, 0xBF);
    }

    /** Refuses what is plainly no UTF-8 text: other known forms by name, then anything with zero bytes. */
    static void text(byte[] head) {
        if (parquet(head)) {
            throw other("a Parquet file", "give it a name that ends in .parquet");
        } else if (starts(head, 'P', 'K', 3, 4)) {
            throw other("a ZIP archive or a spreadsheet (XLSX)", "unpack it, or save the sheet as CSV (UTF-8)");
        } else if (starts(head, 0x1F, 0x8B)) {
            throw other("compressed with gzip", "unpack it first: gunzip FILE.csv.gz");
        } else if (starts(head, 0xFF, 0xFE) || starts(head, 0xFE, 0xFF)) {
            throw other("UTF-16 text", "convert it: iconv -f utf-16 -t utf-8 FILE > NEW");
        }
        for (int i = 0; i < head.length; i++) {
            if (head[i] == 0) {
                throw other("binary: byte " + i + " is zero", "export the table as CSV (UTF-8) or Parquet");
            }
        }
    }

    private static RuntimeException other(String what, String hint) {
        return Refusal.unreadable("the file is " + what + ", not CSV text in UTF-8").allowed("CSV in UTF-8, or Parquet").hint(hint).asException();
    }

    private static boolean starts(byte[] head, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= head.length || (head[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** The refusal of a file that is not UTF-8, with the first place where it is not. */
    static Failure notUtf8(Path file) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.allocate(CHUNK);
        CharBuffer out = CharBuffer.allocate(CHUNK);
        long offset = 0;
        long line = 1;
        try (FileChannel channel = FileChannel.open(file)) {
            for (boolean end = false; !end; ) {
                end = channel.read(in) < 0;
                in.flip();
                CoderResult result = decoder.decode(in, out.clear(), end);
                line += newlines(in);
                if (result.isError()) {
                    return badByte(offset + in.position(), line, in.get(in.position()));
                }
                offset += in.position();
                in.compact();
            }
        }
        return Refusal.unreadable("the file is not text in UTF-8").allowed("UTF-8").hint("convert it: iconv -f latin1 -t utf-8 FILE > NEW");
    }

    private static long newlines(ByteBuffer in) {
        long count = 0;
        for (int i = 0; i < in.position(); i++) {
            count += in.get(i) == '\n' ? 1 : 0;
        }
        return count;
    }

    private static Failure badByte(long offset, long line, byte value) {
        return Refusal.unreadable(String.format("the file is not text in UTF-8: byte 0x%02X at offset %d (line %d)", value & 0xFF, offset, line))
                .allowed("UTF-8, with or without byte-order mark").hint("if it is Latin-1 or Windows-1252, convert it: iconv -f latin1 -t utf-8 FILE > NEW");
    }
}
