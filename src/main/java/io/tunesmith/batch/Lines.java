package io.tunesmith.batch;

import io.tunesmith.core.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** The lines of a file, whatever it holds: ended by LF or CRLF, the last one perhaps by nothing, a byte order mark before the first; blank lines are skipped and counted. */
public final class Lines {
    private static final String MARK = "\uFEFF";
    private final InputStream in;
    private final int longest;

    /**
     * @param number from 1
     * @param text absent: it is too long, or not UTF-8
     */
    public record Line(int number, Optional<String> text, boolean tooLong) {}

    /** @param longest in bytes, without its end */
    public Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    public void each(Consumer<Line> to) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        int number = 1;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            int from = 0;
            for (int at = 0; at < read; at++) {
                if (buffer[at] == '\n') {
                    gather(line, buffer, from, at);
                    hand(number++, line, to);
                    from = at + 1;
                }
            }
            gather(line, buffer, from, read);
        }
        if (line.size() > 0) {
            hand(number, line, to);
        }
    }

    /** One byte beyond the longest is enough to know. */
    private void gather(ByteArrayOutputStream line, byte[] buffer, int from, int to) {
        line.write(buffer, from, Math.max(0, Math.min(to - from, longest + 2 - line.size())));
    }

    private void hand(int number, ByteArrayOutputStream gathered, Consumer<Line> to) {
        byte[] bytes = gathered.toByteArray();
        gathered.reset();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        if (length > longest) {
            to.accept(new Line(number, Optional.empty(), true));
            return;
        }
        Optional<String> text = Utf8.text(bytes, length).map(line -> number == 1 && line.startsWith(MARK) ? line.substring(1) : line);
        if (text.filter(String::isBlank).isEmpty()) {
            to.accept(new Line(number, text, false));
        }
    }
}
