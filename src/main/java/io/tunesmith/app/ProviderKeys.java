package io.tunesmith.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The public keys of a provider, fetched from where its discovery document says, and kept. A key that is not among them makes it fetch again, but not oftener
 * than every few seconds, whatever strangers send; keys are fetched anew now and then, so that a withdrawn one is forgotten. Thread-safe: one fetch at a time.
 */
final class ProviderKeys {
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long STALE_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final int MOST_BYTES = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private final Optional<URI> issuer;
    private final LongSupplier nanos;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Kept kept = new Kept(Optional.empty(), 0, 0, 0);

    ProviderKeys(Optional<URI> issuer, LongSupplier nanos) {
        this.issuer = issuer;
        this.nanos = nanos;
    }

    /** @param tries so far; @param tried when last; @param fetched when last with success */
    private record Kept(Optional<List<JsonWebKey>> keys, int tries, long tried, long fetched) {}

    /** The answer to: which key signed this? */
    sealed interface Found {
        record One(Key key) implements Found {}

        record None() implements Found {}

        /** Not known here, and the provider does not answer. */
        record Unreachable() implements Found {}
    }

    /** @param id empty: the token names none, and then the only key of its algorithm is it */
    Found find(String id, String algorithm) {
        Optional<Key> known = pick(id, algorithm);
        if (known.isPresent() && nanos.getAsLong() - kept.fetched() < STALE_NANOS) {
            return new Found.One(known.get());
        }
        boolean reached = fetch();
        Optional<Key> now = pick(id, algorithm);
        if (now.isPresent()) {
            return new Found.One(now.get());
        }
        return reached ? new Found.None() : new Found.Unreachable();
    }

    private Optional<Key> pick(String id, String algorithm) {
        String type = algorithm.startsWith("RS") ? "RSA" : "EC";
        List<JsonWebKey> fitting = kept.keys().orElse(List.of()).stream()
                .filter(key -> key instanceof PublicJsonWebKey && type.equals(key.getKeyType()) && !"enc".equals(key.getUse()) && (id.isEmpty() || id.equals(key.getKeyId()))).toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst().getKey()) : Optional.empty();
    }

    /** Whether the provider was reached, now or just before. */
    private boolean fetch() {
        fetching.lock();
        try {
            Kept before = kept;
            long now = nanos.getAsLong();
            if (before.tries() > 0 && now - before.tried() < AGAIN_NANOS) {
                return before.fetched() == before.tried() && before.keys().isPresent();
            }
            kept = new Kept(before.keys(), before.tries() + 1, now, before.fetched());
            String discovered = get(URI.create(issuer.orElseThrow().toString().replaceAll("/$", "") + "/.well-known/openid-configuration"));
            JsonNode document = new JsonMapper().readTree(discovered);
            if (!issuer.orElseThrow().toString().equals(document.path("issuer").asText())) {
                throw new IOException("the provider says it is " + document.path("issuer").asText());
            }
            List<JsonWebKey> keys = new JsonWebKeySet(get(OidcPeople.checked(document.path("jwks_uri").asText()))).getJsonWebKeys();
            kept = new Kept(Optional.of(List.copyOf(keys)), before.tries() + 1, now, now);
            return true;
        } catch (IOException | JoseException | RuntimeException e) {
            System.getLogger(ProviderKeys.class.getName()).log(System.Logger.Level.WARNING, "the keys of {0} cannot be had: {1}", issuer.map(URI::toString).orElse(""), String.valueOf(e.getMessage()));
            return false;
        } finally {
            fetching.unlock();
        }
    }

    private static String get(URI uri) throws IOException {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER).build()) {
            HttpResponse<InputStream> answer = client.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Accept", "application/json").GET().build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(MOST_BYTES + 1);
                if (answer.statusCode() != 200 || bytes.length > MOST_BYTES) {
                    throw new IOException(uri + " answered " + answer.statusCode() + " with " + bytes.length + " bytes");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
