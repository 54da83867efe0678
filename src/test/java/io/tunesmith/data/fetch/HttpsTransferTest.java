package io.tunesmith.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.data.DataFetcher.Fetched;
import io.tunesmith.data.DataReference;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpsTransferTest {
    private static final AddressPolicy LOOPBACK = InetAddress::isLoopbackAddress;
    private static final Caps CAPS = new Caps(1 << 20, Duration.ofSeconds(40), Duration.ofSeconds(20), 1000, 4, 2);
    private static final byte[] TABLE = "a,b\n1,2\n".getBytes();
    @TempDir
    static Path keys;
    @TempDir
    Path inbox;
    private Loopback server;

    @BeforeEach
    void start() throws Exception {
        server = new Loopback(keys);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        server.close();
        try (var files = Files.list(inbox)) {
            assertThat(files).isEmpty();
        }
    }

    private OutsideData outside(AddressPolicy policy, SSLContext trust) {
        return new OutsideData(new OutsideData.Settings(List.of(), S3Settings.ANONYMOUS, server.url(""), Optional.of("hub-token")), policy, trust, CAPS, new Inbox(inbox));
    }

    private Fetched fetch(String text) {
        return outside(LOOPBACK, server.tls()).fetch((DataReference.Outside) DataReference.of(text), "me");
    }

    private void came(Fetched fetched) throws Exception {
        assertThat(fetched.file()).hasBinaryContent(TABLE);
        Files.delete(fetched.file());
    }

    private void refused(String path, FailureCode code, String words) {
        assertThatThrownBy(() -> fetch(server.url(path).toString())).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(code)).hasMessageContaining(words);
    }

    @Test
    void aFileComesWithItsNameAndWhereItWas() throws Exception {
        server.serves("/d/a.csv", TABLE);
        Fetched fetched = fetch(server.url("/d/a.csv") + "?secret=1");

        assertThat(fetched.name()).isEqualTo("a.csv");
        assertThat(fetched.origin().source()).isEqualTo(server.url("/d/a.csv").toString()).isEqualTo(fetched.origin().resolved());
        came(fetched);
    }

    @Test
    void threeRedirectsAreFollowedAndTheFourthIsNot() throws Exception {
        server.redirects("/4.csv", "/3.csv");
        server.redirects("/3.csv", "2.csv");
        server.redirects("/2.csv", server.url("/1.csv").toString());
        server.redirects("/1.csv", "/0.csv");
        server.serves("/0.csv", TABLE);

        Fetched fetched = fetch(server.url("/3.csv").toString());
        assertThat(fetched.origin().resolved()).isEqualTo(server.url("/0.csv").toString());
        came(fetched);
        refused("/4.csv", FailureCode.DATA_UNREADABLE, "redirects");
    }

    @Test
    void aLoopOfRedirectsEnds() {
        AtomicInteger asked = new AtomicInteger();
        server.on("/loop.csv", exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().set("Location", "/loop.csv");
            exchange.sendResponseHeaders(302, -1);
        });

        refused("/loop.csv", FailureCode.DATA_UNREADABLE, "redirects");
        assertThat(asked).hasValue(4);
    }

    @Test
    void redirectsAwayFromHttpsOrToDisguisesAreRefused() {
        server.redirects("/http.csv", "http://127.0.0.1/a.csv");
        server.redirects("/file.csv", "file:///etc/passwd");
        server.redirects("/none.csv", "");
        server.redirects("/user.csv", "https://user:pw@127.0.0.1/a.csv");
        server.redirects("/number.csv", "https://2130706433/a.csv");

        refused("/http.csv", FailureCode.REF_NOT_ALLOWED, "away from https");
        refused("/file.csv", FailureCode.REF_NOT_ALLOWED, "away from https");
        refused("/none.csv", FailureCode.REF_NOT_ALLOWED, "away from https");
        refused("/user.csv", FailureCode.DATA_UNREADABLE, "cannot be used");
        refused("/number.csv", FailureCode.DATA_UNREADABLE, "cannot be used");
    }

    @Test
    void aRedirectToAnInnerAddressIsRefused() {
        for (String host : List.of("10.0.0.1", "169.254.169.254", "[::ffff:10.0.0.1]", "[fd00::1]", "[64:ff9b::a9fe:a9fe]")) {
            server.redirects("/to" + host.hashCode() + ".csv", "https://" + host + "/a.csv");
            refused("/to" + host.hashCode() + ".csv", FailureCode.REF_NOT_ALLOWED, "not on the public internet");
        }
    }

    @Test
    void thisMachineIsRefusedWithoutAConnection() {
        AtomicInteger asked = new AtomicInteger();
        server.on("/a.csv", _ -> asked.incrementAndGet());

        for (String host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]")) {
            assertThatThrownBy(() -> outside(AddressPolicy.publicOnly(), server.tls()).fetch((DataReference.Outside) DataReference.of("https://" + host + ":" + server.port() + "/a.csv"), "me"))
                    .isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.REF_NOT_ALLOWED));
        }
        assertThat(asked).hasValue(0);
    }

    /** The second answer of the name server would lead elsewhere; it is never asked for. */
    @Test
    void theAddressThatWasCheckedIsTheOneConnectedTo() throws Exception {
        server.serves("/a.csv", TABLE);
        AtomicInteger asked = new AtomicInteger();
        CheckedResolver resolver = new CheckedResolver(LOOPBACK, _ -> new InetAddress[] {InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "127.0.0.1" : "10.9.9.9")});
        HttpsTransfer transfer = new HttpsTransfer(resolver, server.tls(), CAPS, new Inbox(inbox));
        URI uri = URI.create("https://other.test:" + server.port() + "/a.csv");

        Files.delete(transfer.get(uri, Map.of(), "x").file());
        assertThat(asked).hasValue(1);
        assertThatThrownBy(() -> transfer.get(uri, Map.of(), "x")).hasMessageContaining("not on the public internet");
    }

    @Test
    void anUntrustedCertificateIsRefused() throws Exception {
        server.serves("/a.csv", TABLE);
        SSLContext machines = SSLContext.getDefault();

        assertThatThrownBy(() -> outside(LOOPBACK, machines).fetch((DataReference.Outside) DataReference.of(server.url("/a.csv").toString()), "me")).hasMessageContaining("TLS");
    }

    @Test
    void sizesAreLimitedWhateverTheOtherSideSays() {
        server.on("/said.csv", exchange -> exchange.sendResponseHeaders(200, 3L << 30));
        server.on("/endless.csv", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[1 << 16];
            while (true) {
                exchange.getResponseBody().write(piece);
            }
        });
        server.on("/short.csv", exchange -> {
            exchange.sendResponseHeaders(200, 100_000);
            exchange.getResponseBody().write(TABLE);
            exchange.getResponseBody().flush();
        });

        refused("/said.csv", FailureCode.TOO_LARGE, "larger");
        refused("/endless.csv", FailureCode.TOO_LARGE, "larger");
        refused("/short.csv", FailureCode.DATA_UNREADABLE, "cannot be read");
    }

    /** Both would go on until the test lets them go: that it comes this far shows that they are left. */
    @Test
    void whoIsSlowIsLeft() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        server.on("/silent.csv", _ -> {
            asked.countDown();
            await(go, 60_000);
            ended.incrementAndGet();
        });
        server.on("/dripping.csv", exchange -> {
            asked.countDown();
            exchange.sendResponseHeaders(200, 0);
            while (go.getCount() > 0) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                await(go, 50);
            }
            ended.incrementAndGet();
        });
        Caps caps = new Caps(1 << 20, Duration.ofSeconds(20), Duration.ofSeconds(2), 1000, 4, 2);
        OutsideData outside = new OutsideData(new OutsideData.Settings(List.of(), S3Settings.ANONYMOUS, server.url(""), Optional.empty()), LOOPBACK, server.tls(), caps, new Inbox(inbox));

        for (String path : List.of("/silent.csv", "/dripping.csv")) {
            assertThatThrownBy(() -> outside.fetch((DataReference.Outside) DataReference.of(server.url(path).toString()), "me"))
                    .isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.DATA_UNREADABLE)).hasMessageContaining("too long");
        }
        assertThat(asked.getCount()).as("both were asked").isZero();
        assertThat(ended).as("neither had come to its end").hasValue(0);
        go.countDown();
    }

    @Test
    void otherAnswersAreToldApart() {
        server.on("/gone.csv", exchange -> exchange.sendResponseHeaders(404, -1));
        server.on("/closed.csv", exchange -> exchange.sendResponseHeaders(403, -1));

        refused("/gone.csv", FailureCode.NOT_FOUND, "nothing at");
        refused("/closed.csv", FailureCode.DATA_UNREADABLE, "403");
    }

    @Test
    void theHubIsAskedWithItsTokenAndAStrangerWithout() throws Exception {
        ConcurrentLinkedQueue<String> tokens = new ConcurrentLinkedQueue<>();
        try (Loopback store = new Loopback(keys)) {
            store.on("/blob", exchange -> {
                tokens.add("store " + exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.sendResponseHeaders(200, TABLE.length);
                exchange.getResponseBody().write(TABLE);
            });
            server.on("/datasets/org/name/resolve/v1/dir/a%20b.csv".replace("%20", " "), exchange -> {
                tokens.add("hub " + exchange.getRequestHeaders().getFirst("Authorization") + " " + exchange.getRequestURI().getRawPath());
                exchange.getResponseHeaders().set("X-Repo-Commit", "0123456789abcdef0123456789abcdef01234567");
                exchange.getResponseHeaders().set("Location", store.url("/blob").toString());
                exchange.sendResponseHeaders(302, -1);
            });
            Fetched fetched = fetch("hf://datasets/org/name@v1/dir/a b.csv");

            assertThat(tokens).containsExactly("hub Bearer hub-token /datasets/org/name/resolve/v1/dir/a%20b.csv", "store null");
            assertThat(fetched.name()).isEqualTo("a b.csv");
            assertThat(fetched.origin().revision()).contains("0123456789abcdef0123456789abcdef01234567");
            assertThat(fetched.origin().resolved()).endsWith("/resolve/0123456789abcdef0123456789abcdef01234567/dir/a%20b.csv");
            came(fetched);
        }
    }

    @Test
    void anOwnerHasTwoTransfersAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        server.on("/a.csv", exchange -> {
            asked.countDown();
            await(go);
            exchange.sendResponseHeaders(200, TABLE.length);
            exchange.getResponseBody().write(TABLE);
        });
        OutsideData outside = new OutsideData(new OutsideData.Settings(List.of(), S3Settings.ANONYMOUS, server.url(""), Optional.empty()), LOOPBACK, server.tls(),
                new Caps(1 << 20, Duration.ofSeconds(30), Duration.ofSeconds(20), 1, 4, 2), new Inbox(inbox));
        DataReference.Outside reference = (DataReference.Outside) DataReference.of(server.url("/a.csv").toString());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Fetched>> running = List.of(threads.submit(() -> outside.fetch(reference, "me")), threads.submit(() -> outside.fetch(reference, "me")));
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> outside.fetch(reference, "me")).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.RATE_LIMITED));
            go.countDown();
            for (Future<Fetched> one : running) {
                came(one.get(20, TimeUnit.SECONDS));
            }
        }
        came(outside.fetch(reference, "me"));
    }

    private static void await(CountDownLatch latch) {
        await(latch, 20_000);
    }

    private static void await(CountDownLatch latch, int millis) {
        try {
            latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
