package io.tunesmith.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tunesmith.api.rest.People.Answer;
import io.tunesmith.core.FailureException;
import io.tunesmith.run.Allowance;
import io.tunesmith.run.Scope;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of a provider that this test plays, on loopback, with keys of its own. */
class OidcPeopleTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer provider;
    private String issuer;
    private volatile String published = "";
    private volatile String jwks = "";
    private PublicJsonWebKey rsa;
    private OidcPeople people;

    @BeforeEach
    void begin() throws Exception {
        rsa = key("one");
        publish(rsa);
        provider = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        issuer = "http://127.0.0.1:" + provider.getAddress().getPort();
        provider.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + (jwks.isEmpty() ? issuer + "/keys" : jwks) + "\"}"));
        provider.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            answer(exchange, published);
        });
        provider.start();
        people = new OidcPeople(Optional.of(issuer), "tunesmith", _ -> Allowance.NONE_SAID, Clock.fixed(NOW, ZoneOffset.UTC), nanos::get);
    }

    @AfterEach
    void end() {
        provider.stop(0);
    }

    @Test
    void keysComeOverPlainHttpFromThisMachineOnly() throws Exception {
        for (String good : new String[] {"https://id.example.org", "https://id.example.org:8443/realms/x", "http://127.0.0.1:9", "http://[::1]:9", "http://localhost/x"}) {
            assertThat(OidcPeople.checked(good)).hasToString(good);
        }
        for (String bad : new String[] {"http://id.example.org", "http://127.0.0.1.example.org", "http://localhost@id.example.org", "http://10.0.0.1", "ftp://id.example.org", "id.example.org", "https://id.example.org?x", "https://id.example.org#x", "https:///x", "a b"}) {
            assertThatThrownBy(() -> OidcPeople.checked(bad)).as(bad).isInstanceOf(FailureException.class).hasMessageContaining("is no issuer");
        }
        jwks = "http://192.0.2.1/keys";
        assertThat(people.ask(signed(rsa, claims()))).as("a provider on this machine that names keys elsewhere").isInstanceOf(Answer.Later.class);
        assertThat(asked).hasValue(0);
    }

    @Test
    void aGoodTokenOpensWithItsScope() throws Exception {
        assertThat(scope(signed(rsa, claims()))).isEqualTo(Scope.RUN);
        JwtClaims read = claims();
        read.setStringClaim("scope", "openid tunesmith:read");
        assertThat(scope(signed(rsa, read))).isEqualTo(Scope.READ);
        JwtClaims admin = claims();
        admin.setStringClaim("scope", "tunesmith:read tunesmith:admin");
        assertThat(scope(signed(rsa, admin))).isEqualTo(Scope.ADMIN);
        assertThat(((Answer.Known) people.ask(signed(rsa, claims()))).opened().caller().owner()).startsWith("oidc:").endsWith(":ada");
        assertThat(asked).as("keys are kept").hasValue(1);
    }

    @Test
    void elliptic() throws Exception {
        PublicJsonWebKey curve = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        curve.setKeyId("ec");
        publish(rsa, curve);
        assertThat(people.ask(signed(curve, claims()))).isInstanceOf(Answer.Known.class);
    }

    @Test
    void whatIsNotForUsOrNotNowIsRefused() throws Exception {
        JwtClaims other = claims();
        other.setAudience("another");
        refused(signed(rsa, other));
        JwtClaims foreign = claims();
        foreign.setIssuer("http://127.0.0.1:1");
        refused(signed(rsa, foreign));
        JwtClaims late = claims();
        late.setExpirationTime(NumericDate.fromSeconds(NOW.getEpochSecond() - 61));
        assertThat(((Answer.Refused) people.ask(signed(rsa, late))).why()).contains("expired");
        JwtClaims leeway = claims();
        leeway.setExpirationTime(NumericDate.fromSeconds(NOW.getEpochSecond() - 30));
        assertThat(people.ask(signed(rsa, leeway))).isInstanceOf(Answer.Known.class);
        JwtClaims early = claims();
        early.setNotBefore(NumericDate.fromSeconds(NOW.getEpochSecond() + 100));
        refused(signed(rsa, early));
        JwtClaims endless = claims();
        endless.unsetClaim("exp");
        refused(signed(rsa, endless));
        JwtClaims nobody = claims();
        nobody.unsetClaim("sub");
        refused(signed(rsa, nobody));
    }

    @Test
    void onlyTheProvidersOwnSignatureCounts() throws Exception {
        String none = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\",\"kid\":\"one\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims().toJson().getBytes(StandardCharsets.UTF_8)) + ".";
        refused(none);
        JsonWebSignature hmac = new JsonWebSignature();
        hmac.setPayload(claims().toJson());
        hmac.setAlgorithmHeaderValue("HS256");
        hmac.setKeyIdHeaderValue("one");
        hmac.setKey(new HmacKey(rsa.getPublicKey().getEncoded()));
        refused(hmac.getCompactSerialization());
        refused(signed(key("one"), claims()));
        String good = signed(rsa, claims());
        refused(good.substring(0, good.length() - 8) + "AAAAAAAA");
        refused("a.b.c");
        refused("..");
    }

    @Test
    void aRotatedKeyIsFetchedButNotAtEveryUnknownOne() throws Exception {
        assertThat(people.ask(signed(rsa, claims()))).isInstanceOf(Answer.Known.class);
        PublicJsonWebKey next = key("two");
        publish(rsa, next);
        refused(signed(next, claims()));
        assertThat(asked).as("asked a moment ago").hasValue(1);
        nanos.addAndGet(6_000_000_000L);
        assertThat(people.ask(signed(next, claims()))).isInstanceOf(Answer.Known.class);
        String unknown = signed(key("unknown"), claims());
        for (int i = 0; i < 50; i++) {
            refused(unknown);
        }
        assertThat(asked).hasValue(2);
    }

    @Test
    void withoutTheProviderKnownKeysGoOnAndUnknownOnesAreToldToComeAgain() throws Exception {
        String known = signed(rsa, claims());
        assertThat(people.ask(known)).isInstanceOf(Answer.Known.class);
        provider.stop(0);
        nanos.addAndGet(6_000_000_000L);
        assertThat(people.ask(known)).isInstanceOf(Answer.Known.class);
        assertThat(people.ask(signed(key("two"), claims()))).isInstanceOf(Answer.Later.class);
    }

    private JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience("tunesmith");
        claims.setSubject("ada");
        claims.setExpirationTime(NumericDate.fromSeconds(NOW.getEpochSecond() + 300));
        return claims;
    }

    private Scope scope(String token) {
        return ((Answer.Known) people.ask(token)).opened().caller().scope();
    }

    private void refused(String token) {
        assertThat(people.ask(token)).isInstanceOf(Answer.Refused.class);
    }

    private static PublicJsonWebKey key(String id) throws JoseException {
        PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId(id);
        return key;
    }

    private static String signed(PublicJsonWebKey key, JwtClaims claims) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(key.getKeyType().equals("EC") ? "ES256" : "RS256");
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(key.getPrivateKey());
        return signature.getCompactSerialization();
    }

    private void publish(JsonWebKey... keys) {
        published = new JsonWebKeySet(keys).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    private static void answer(com.sun.net.httpserver.HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
