package io.tunesmith.data.fetch;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.data.WebAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;

/**
 * Gets a file by https. Redirects are followed here, at most three, each read and resolved as strictly as the first address and none with what was sent
 * to the first; no proxy, no cookies, no retries, no connection kept. A timer ends what lasts too long, wherever it hangs. Thread-safe.
 */
final class HttpsTransfer {
    private static final int REDIRECTS = 3;
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("fetch-timer").factory());
    private final CheckedResolver resolver;
    private final SSLContext trust;
    private final Caps caps;
    private final Inbox inbox;

    HttpsTransfer(CheckedResolver resolver, SSLContext trust, Caps caps, Inbox inbox) {
        this.resolver = resolver;
        this.trust = trust;
        this.caps = caps;
        this.inbox = inbox;
    }

    /** @param first the headers of the answer to the first request, names in lower case */
    record Got(Path file, URI last, Map<String, String> first) {}

    /** @param secret headers for the first host and no other */
    Got get(URI uri, Map<String, String> secret, String shown) {
        long deadline = System.nanoTime() + caps.time().toNanos();
        try (CloseableHttpClient client = client()) {
            Hop hop = hop(client, uri, secret, shown, deadline);
            Map<String, String> first = hop.headers();
            for (int redirects = 0; hop.next().isPresent(); redirects++) {
                if (redirects == REDIRECTS) {
                    throw Refusals.unreadable(shown, "more than " + REDIRECTS + " redirects");
                }
                URI next = hop.next().get();
                hop = hop(client, next, sameOrigin(uri, next) ? secret : Map.of(), shown, deadline);
            }
            return new Got(hop.file().orElseThrow(), hop.at(), first);
        } catch (CheckedResolver.Forbidden e) {
            throw Refusals.forbiddenHost(shown);
        } catch (IOException e) {
            throw System.nanoTime() >= deadline ? Refusals.tooSlow(shown) : Refusals.unreadable(shown, reason(e));
        }
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getRawAuthority().equals(other.getRawAuthority());
    }

    /** Of what class the trouble is; texts of libraries name addresses. */
    private static String reason(IOException e) {
        return switch (e) {
            case java.net.UnknownHostException _ -> "its host is not known";
            case java.net.SocketTimeoutException _ -> "the other side takes too long";
            case javax.net.ssl.SSLException _ -> "no trusted TLS connection can be made";
            case java.net.ConnectException _ -> "no connection can be made";
            case org.apache.hc.core5.http.ConnectionClosedException _ -> "the transfer broke off before its end";
            default -> "the transfer broke off";
        };
    }

    private record Hop(URI at, Map<String, String> headers, Optional<URI> next, Optional<Path> file) {}

    private Hop hop(CloseableHttpClient client, URI uri, Map<String, String> headers, String shown, long deadline) throws IOException {
        HttpGet request = new HttpGet(uri);
        headers.forEach(request::setHeader);
        request.setHeader("Accept-Encoding", "identity");
        request.setHeader("User-Agent", "tunesmith");
        Future<?> end = TIMER.schedule(() -> request.cancel(), Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        try {
            return client.execute(request, response -> read(uri, response, shown, request));
        } finally {
            end.cancel(false);
        }
    }

    private Hop read(URI uri, ClassicHttpResponse response, String shown, HttpGet request) throws IOException {
        Map<String, String> headers = new java.util.HashMap<>();
        for (var header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(java.util.Locale.ROOT), Optional.ofNullable(header.getValue()).orElse(""));
        }
        boolean done = false;
        try {
            Hop hop = switch (response.getCode()) {
                case 200 -> new Hop(uri, headers, Optional.empty(), Optional.of(body(response, shown)));
                case 301, 302, 303, 307, 308 -> new Hop(uri, headers, Optional.of(next(uri, headers.getOrDefault("location", ""), shown)), Optional.empty());
                case 404, 410 -> throw Refusals.absent(shown);
                default -> throw Refusals.unreadable(shown, "the other side answers " + response.getCode());
            };
            done = hop.file().isPresent();
            return hop;
        } finally {
            if (!done) {
                // Nothing more is read of it: a client that drained the rest would read as long as the other side likes.
                request.cancel();
            }
        }
    }

    private static URI next(URI from, String location, String shown) {
        try {
            String target = from.resolve(new URI(location)).toString();
            if (location.isBlank() || !target.regionMatches(true, 0, "https://", 0, 8)) {
                throw Failure.BadRequest.of(FailureCode.REF_NOT_ALLOWED, "data", shown + " leads away from https").allowed("redirects to https only").asException();
            }
            return WebAddress.of(target.replaceFirst("#.*", ""));
        } catch (java.net.URISyntaxException e) {
            throw Refusals.unreadable(shown, "it redirects to no address");
        } catch (FailureException e) {
            throw e.failure().code() == FailureCode.REF_NOT_ALLOWED ? e : Refusals.unreadable(shown, "it redirects to an address that cannot be used");
        }
    }

    private Path body(ClassicHttpResponse response, String shown) throws IOException {
        if (response.getEntity() == null) {
            throw Refusals.unreadable(shown, "the answer is empty");
        }
        Inbox.checkSize(response.getEntity().getContentLength(), caps.bytes());
        long begin = System.nanoTime();
        return inbox.take(file -> inbox.copy(response.getEntity().getContent(), file, caps.bytes(), total -> checkPace(total, System.nanoTime() - begin, shown)));
    }

    private void checkPace(long bytes, long nanos, String shown) {
        if (nanos > caps.patience().toNanos() && bytes < caps.pace() * (nanos / 1e9)) {
            throw Refusals.tooSlow(shown);
        }
    }

    private CloseableHttpClient client() {
        Timeout patience = Timeout.of(caps.patience());
        PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create().setDnsResolver(resolver).setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
                .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(patience).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(patience).setSocketTimeout(patience).build()).build();
        return HttpClients.custom().setConnectionManager(connections).setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(patience).setRedirectsEnabled(false).build())
                .disableRedirectHandling().disableAutomaticRetries().disableCookieManagement().disableAuthCaching().disableContentCompression()
                .setConnectionReuseStrategy((_, _, _) -> false).build();
    }
}
