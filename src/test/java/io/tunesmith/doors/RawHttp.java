package io.tunesmith.doors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** HTTP/1.1 with nothing put right: sends bytes as they are and reads one answer, or that there was none. */
public final class RawHttp {
    private static final int MOST = 4 << 20;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int SILENCE_MILLIS = 400;

    private RawHttp() {}

    /**
     * What came back.
     *
     * @param status 0: the line was closed, or nothing was said in time
     * @param head the status line and headers
     * @param closed whether the service closed the line; else it waits for the rest of a request that never comes
     */
    public record Answer(int status, String head, String body, boolean closed) {

        /** The first value of a header. */
        public Optional<String> header(String name) {
            return head.lines().skip(1).filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")).map(line -> line.substring(name.length() + 1).strip()).findFirst();
        }

        public String whole() {
            return head + "\n\n" + body;
        }
    }

    /** Sends an input on a line of its own and reads the first answer to it. */
    public static Answer send(int port, Hostile.Case input) throws IOException {
        return answer(bytes(port, input.bytes(), input.must() == Hostile.Must.NOTHING ? SILENCE_MILLIS : PATIENCE_MILLIS, seen -> whole(seen, input.isHead())));
    }

    /** How many answers come to an input: sends it on a line of its own and reads until the service closes it, or says nothing for a while. */
    public static int answers(int port, Hostile.Case input) throws IOException {
        String all = new String(bytes(port, input.bytes(), SILENCE_MILLIS, _ -> false).bytes(), StandardCharsets.ISO_8859_1);
        return (int) java.util.regex.Pattern.compile("HTTP/1\\.[01] \\d{3} ").matcher(all).results().count();
    }

    private record Seen(byte[] bytes, boolean closed) {}

    private static Seen bytes(int port, byte[] request, int millis, Predicate<byte[]> enough) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
            socket.setSoTimeout(millis);
            Thread writer = Thread.ofVirtual().start(() -> write(socket, request));
            try {
                return read(socket.getInputStream(), enough);
            } finally {
                socket.close();
                join(writer);
            }
        }
    }

    /** The service may hang up while more is coming: that is one of its answers. */
    private static void write(Socket socket, byte[] request) {
        try {
            OutputStream out = socket.getOutputStream();
            for (int at = 0; at < request.length; at += 1 << 16) {
                out.write(request, at, Math.min(1 << 16, request.length - at));
            }
            out.flush();
        } catch (IOException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread writer) {
        try {
            writer.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Seen read(InputStream in, Predicate<byte[]> enough) {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        boolean closed = false;
        try {
            byte[] some = new byte[1 << 16];
            while (!enough.test(seen.toByteArray()) && seen.size() < MOST) {
                int count = in.read(some);
                if (count < 0) {
                    closed = true;
                    break;
                }
                seen.write(some, 0, count);
            }
        } catch (SocketTimeoutException silent) {
            closed = false;
        } catch (IOException reset) {
            closed = true;
        }
        return new Seen(seen.toByteArray(), closed);
    }

    private static boolean whole(byte[] bytes, boolean head) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        Answer answer = answer(bytes, false);
        if (answer.status() == 100) {
            return false;
        }
        if (head) {
            return true;
        }
        Optional<Integer> length = answer.header("content-length").map(Integer::valueOf);
        boolean chunked = answer.header("transfer-encoding").filter("chunked"::equals).isPresent();
        return length.map(expected -> bytes.length - end - 4 >= expected).orElse(chunked ? text.endsWith("0\r\n\r\n") : answer.status() == 204 || answer.status() == 304);
    }

    private static Answer answer(Seen seen) {
        return answer(seen.bytes(), seen.closed());
    }

    private static Answer answer(byte[] bytes, boolean closed) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.startsWith("HTTP/1.1 100")) {
            int next = text.indexOf("\r\n\r\n") + 4;
            return next < 4 || next >= text.length() ? new Answer(100, text, "", closed) : answer(Arrays.copyOfRange(bytes, next, bytes.length), closed);
        }
        int end = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.") || end < 0) {
            return new Answer(0, text, "", closed);
        }
        Answer headed = new Answer(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), "", closed);
        int length = headed.header("content-length").map(Integer::valueOf).filter(said -> said < bytes.length - end - 4).orElse(bytes.length - end - 4);
        byte[] body = Arrays.copyOfRange(bytes, end + 4, end + 4 + length);
        boolean chunked = headed.header("transfer-encoding").filter("chunked"::equals).isPresent();
        return new Answer(headed.status(), headed.head(), new String(chunked ? joined(body) : body, StandardCharsets.UTF_8), closed);
    }

    /** The chunks of a body as one, as far as they came. */
    private static byte[] joined(byte[] chunks) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String text = new String(chunks, StandardCharsets.ISO_8859_1);
        for (int at = 0, end = text.indexOf("\r\n"); end > at; end = text.indexOf("\r\n", at)) {
            int length = Math.min(Integer.parseInt(text.substring(at, end).split(";")[0], 16), chunks.length - end - 2);
            body.write(chunks, end + 2, length);
            at = end + 2 + length + 2;
        }
        return body.toByteArray();
    }
}
