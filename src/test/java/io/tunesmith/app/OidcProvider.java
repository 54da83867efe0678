package io.tunesmith.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** A provider on loopback that a test tells over HTTP what to sign ({@code /sign}), which keys to show ({@code /publish}), and whether to answer ({@code /down}, {@code /up}). */
public final class OidcProvider implements QuarkusTestResourceLifecycleManager {
    private final Map<String, PublicJsonWebKey> keys = new ConcurrentHashMap<>();
    private HttpServer server;
    private String issuer = "";
    private volatile String published = "one";
    private volatile boolean down;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", this::answer);
        server.start();
        return Map.of("tunesmith.oidc.issuer", issuer, "tunesmith.oidc.audience", "tunesmith");
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String text = said(exchange.getRequestURI().getPath(), query(exchange));
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(text.isEmpty() ? 503 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (JoseException e) {
            throw new IOException(e);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return query == null ? Map.of() : Arrays.stream(query.split("&")).map(pair -> pair.split("=", 2)).collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private String said(String path, Map<String, String> query) throws JoseException {
        return switch (path) {
            case "/sign" -> sign(query);
            case "/publish" -> published = query.get("keys");
            case "/down" -> String.valueOf(down = true);
            case "/up" -> String.valueOf(down = false).replace("false", "up");
            case "/.well-known/openid-configuration" -> down ? "" : "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer + "/keys\"}";
            case "/keys" -> down ? "" : shown();
            default -> "";
        };
    }

    private String shown() throws JoseException {
        JsonWebKeySet set = new JsonWebKeySet();
        for (String id : published.split(",")) {
            set.addJsonWebKey(key(id));
        }
        return set.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    private String sign(Map<String, String> query) throws JoseException {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(query.getOrDefault("aud", "tunesmith"));
        claims.setSubject(query.getOrDefault("sub", "ada"));
        claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() + Long.parseLong(query.getOrDefault("exp", "300"))));
        if (query.containsKey("scope")) {
            claims.setStringClaim("scope", query.get("scope"));
        }
        String id = query.getOrDefault("kid", "one");
        String algorithm = query.getOrDefault("alg", "RS256");
        if (algorithm.equals("none")) {
            return base64("{\"alg\":\"none\",\"kid\":\"" + id + "\"}") + "." + base64(claims.toJson()) + ".";
        }
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKeyIdHeaderValue(id);
        signature.setKey(algorithm.equals("HS256") ? new HmacKey(key(id).getPublicKey().getEncoded()) : key(id).getPrivateKey());
        return signature.getCompactSerialization();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private PublicJsonWebKey key(String id) throws JoseException {
        PublicJsonWebKey known = keys.get(id);
        if (known == null) {
            known = RsaJwkGenerator.generateJwk(2048);
            known.setKeyId(id);
            keys.put(id, known);
        }
        return known;
    }
}
