package io.tunesmith.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.data.DataFetcher.Fetched;
import io.tunesmith.data.DataReference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against S3Proxy, which checks signatures and who may read what. */
@Timeout(120)
class S3TransferIT {
    private static final byte[] TABLE = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
    private static final int MOST = 1000;
    @TempDir
    static Path home;
    private static S3Server server;
    private static String tag;
    @TempDir
    Path inbox;

    @BeforeAll
    static void start() throws Exception {
        server = new S3Server(home);
        server.bucket("mine");
        tag = server.put("mine", "dir/a.csv", TABLE);
        server.put("mine", "odd/a b+c%2F\u00e9&=;.csv", TABLE);
        server.put("mine", "large.csv", "x".repeat(MOST + 1).getBytes(StandardCharsets.UTF_8));
        server.put("mine", "full.csv", "x".repeat(MOST).getBytes(StandardCharsets.UTF_8));
        server.open("mine", "open/a.csv", TABLE);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private Fetched get(String reference, URI endpoint, Optional<S3Settings.Access> access) {
        Caps caps = new Caps(MOST, Duration.ofSeconds(60), Duration.ofSeconds(20), 1, 4, 2);
        CheckedResolver nothing = new CheckedResolver(_ -> false, InetAddress::getAllByName);
        return new S3Transfer(new S3Settings(Optional.of(endpoint), "us-east-1", access), nothing, caps, new Inbox(inbox)).get((DataReference.S3) DataReference.of(reference));
    }

    private Fetched get(String reference, Optional<S3Settings.Access> access) {
        return get(reference, server.endpoint(), access);
    }

    private Failure refused(String reference, Optional<S3Settings.Access> access, FailureCode code, String words) throws IOException {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(() -> get(reference, access));
        assertThat(thrown).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(code)).hasMessageContaining(words);
        try (var left = Files.list(inbox)) {
            assertThat(left).isEmpty();
        }
        return ((FailureException) thrown).failure();
    }

    private static Optional<S3Settings.Access> key(String id, String secret) {
        return Optional.of(new S3Settings.Access(id, secret));
    }

    @Test
    void anObjectComesWithItsTagAsRevision() {
        Fetched fetched = get("s3://mine/dir/a.csv", S3Server.access());

        assertThat(fetched.file()).hasBinaryContent(TABLE).hasParent(inbox);
        assertThat(fetched.name()).isEqualTo("a.csv");
        assertThat(fetched.origin().source()).isEqualTo("s3://mine/dir/a.csv").isEqualTo(fetched.origin().resolved());
        assertThat(fetched.origin().revision()).contains(tag);
    }

    @Test
    void aKeyIsTakenLiterally() {
        assertThat(get("s3://mine/odd/a b+c%2F\u00e9&=;.csv", S3Server.access()).file()).hasBinaryContent(TABLE);
    }

    @Test
    void whatEveryoneMayReadNeedsNoKey() throws IOException {
        assertThat(get("s3://mine/open/a.csv", Optional.empty()).file()).hasBinaryContent(TABLE);
        Files.list(inbox).forEach(file -> file.toFile().delete());
        refused("s3://mine/dir/a.csv", Optional.empty(), FailureCode.DATA_UNREADABLE, "S3 answers 403");
    }

    @Test
    void aWrongKeyOpensNothing() throws IOException {
        refused("s3://mine/dir/a.csv", key(S3Server.ID, "not-the-secret"), FailureCode.DATA_UNREADABLE, "S3 answers 403");
        refused("s3://mine/dir/a.csv", key("nobody", S3Server.SECRET), FailureCode.DATA_UNREADABLE, "S3 answers 403");
    }

    @Test
    void whatIsNotThereIsNotFound() throws IOException {
        refused("s3://mine/none.csv", S3Server.access(), FailureCode.NOT_FOUND, "nothing at s3://mine/none.csv");
        refused("s3://nobucket/a.csv", S3Server.access(), FailureCode.NOT_FOUND, "nothing at s3://nobucket/a.csv");
    }

    @Test
    void sizesAreLimited() throws IOException {
        assertThat(get("s3://mine/full.csv", S3Server.access()).file()).hasSize(MOST);
        Files.list(inbox).forEach(file -> file.toFile().delete());
        refused("s3://mine/large.csv", S3Server.access(), FailureCode.TOO_LARGE, "larger");
    }

    /** The operator trusts a server, not where that server sends us. */
    @Test
    void aRedirectOfTheServerIsNotFollowed() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        HttpServer sends = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        other.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        sends.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + other.getAddress().getPort() + "/mine/a.csv");
            exchange.sendResponseHeaders(Integer.parseInt(exchange.getRequestURI().getPath().replaceAll("\\D", "")), -1);
            exchange.close();
        });
        other.start();
        sends.start();
        try {
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                assertThatThrownBy(() -> get("s3://mine/" + status + ".csv", URI.create("http://127.0.0.1:" + sends.getAddress().getPort()), S3Server.access())).isInstanceOf(FailureException.class).hasMessageContaining("cannot be read");
            }
            assertThat(asked).hasValue(0);
        } finally {
            other.stop(0);
            sends.stop(0);
        }
    }

    /** Whatever goes wrong, with all that we could log. */
    @Test
    void keysAreInNoMessageAndNoLog() throws IOException {
        List<String> said = java.util.Collections.synchronizedList(new ArrayList<>());
        Handler listener = new Listener(said);
        Logger all = Logger.getLogger("");
        Logger ours = Logger.getLogger("io.tunesmith");
        Level before = ours.getLevel();
        all.addHandler(listener);
        ours.setLevel(Level.ALL);
        try {
            said.add(refused("s3://mine/none.csv", S3Server.access(), FailureCode.NOT_FOUND, "").toString());
            said.add(refused("s3://mine/dir/a.csv", key("other-" + S3Server.ID, S3Server.SECRET), FailureCode.DATA_UNREADABLE, "").toString());
            assertThatThrownBy(() -> get("s3://mine/dir/a.csv", URI.create("http://127.0.0.1:1"), S3Server.access())).hasMessageContaining("the transfer failed").satisfies(e -> said.add(e.toString()));
            assertThatThrownBy(() -> get("s3://mine/dir/a.csv", URI.create("http://no.such.host.invalid"), S3Server.access())).hasMessageContaining("cannot be read").satisfies(e -> said.add(e.toString()));
            said.add(new S3Settings(Optional.of(server.endpoint()), "us-east-1", S3Server.access()).toString());
        } finally {
            all.removeHandler(listener);
            ours.setLevel(before);
        }
        assertThat(said).isNotEmpty().noneMatch(text -> text.contains(S3Server.SECRET)).noneMatch(text -> text.contains("Signature=") || text.contains("127.0.0.1:1/"));
    }

    private static final class Listener extends Handler {
        private final List<String> said;

        Listener(List<String> said) {
            this.said = said;
        }

        @Override
        public void publish(LogRecord entry) {
            said.add(entry.getMessage() + " " + entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
