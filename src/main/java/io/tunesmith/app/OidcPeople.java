package io.tunesmith.app;

import io.tunesmith.api.rest.ApiKeys;
import io.tunesmith.api.rest.People;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Sha256;
import io.tunesmith.run.Allowances;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Scope;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/**
 * The people of one OpenID Connect provider, by its signed tokens. Only RS256 and ES256, so that neither an unsigned token nor one that was signed with the
 * provider's public key as a secret passes; issuer, audience and times are checked, these with a minute's leeway. Thread-safe.
 */
final class OidcPeople implements People {
    private static final AlgorithmConstraints SIGNED = new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    private static final int LEEWAY_SECONDS = 60;
    private static final int LONGEST_SUBJECT = 255;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final String SCOPE = "tunesmith:";
    private static final Duration LATER = Duration.ofSeconds(10);
    private final Optional<String> issuer;
    private final String audience;
    private final Allowances allowances;
    private final Clock clock;
    private final ProviderKeys keys;

    /**
     * @param issuer empty: nobody's tokens open
     * @param nanos counts from any origin and never goes back
     */
    OidcPeople(Optional<String> issuer, String audience, Allowances allowances, Clock clock, LongSupplier nanos) {
        this.issuer = issuer;
        this.audience = audience;
        this.allowances = allowances;
        this.clock = clock;
        this.keys = new ProviderKeys(issuer.map(OidcPeople::checked), nanos);
        if (issuer.isPresent() == audience.isEmpty()) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "tunesmith.oidc", "issuer and audience belong together").allowed("both or neither").asException();
        }
    }

    /**
     * The address of a provider, or of its keys; refused where it is none. Never plain http to another machine: whoever stands between could put keys of his own
     * in the place of the provider's, and sign for anyone.
     */
    static URI checked(String issuer) {
        try {
            URI uri = URI.create(issuer);
            if (uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            System.getLogger(OidcPeople.class.getName()).log(System.Logger.Level.DEBUG, "no address", e);
        }
        throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "--oidc-issuer", "\"" + issuer + "\" is no issuer").allowed("an https:// address as the provider's tokens name it; http:// only for 127.0.0.1, ::1 and localhost").asException();
    }

    @Override
    public Optional<String> issuer() {
        return issuer;
    }

    @Override
    public Answer ask(String token) {
        try {
            JsonWebSignature signed = new JsonWebSignature();
            signed.setAlgorithmConstraints(SIGNED);
            signed.setCompactSerialization(token);
            if (!List.of(AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256).contains(String.valueOf(signed.getAlgorithmHeaderValue()))) {
                return new Answer.Refused("this token is not signed with RS256 or ES256");
            }
            return switch (keys.find(Optional.ofNullable(signed.getKeyIdHeaderValue()).orElse(""), signed.getAlgorithmHeaderValue())) {
                case ProviderKeys.Found.One(Key key) -> known(token, key);
                case ProviderKeys.Found.None() -> new Answer.Refused("the provider has no such key");
                case ProviderKeys.Found.Unreachable() -> new Answer.Later(LATER);
            };
        } catch (JoseException e) {
            return new Answer.Refused("this is neither a key nor a token");
        }
    }

    private Answer known(String token, Key key) {
        try {
            JwtClaims claims = new JwtConsumerBuilder().setJwsAlgorithmConstraints(SIGNED).setVerificationKey(key).setExpectedIssuer(issuer.orElseThrow()).setExpectedAudience(audience)
                    .setRequireExpirationTime().setRequireSubject().setAllowedClockSkewInSeconds(LEEWAY_SECONDS).setEvaluationTime(NumericDate.fromMilliseconds(clock.millis())).build().processToClaims(token);
            String subject = claims.getSubject();
            if (subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
                return new Answer.Refused("the token's subject has " + subject.length() + " characters");
            }
            String owner = "oidc:" + Sha256.of(issuer.orElseThrow().getBytes(StandardCharsets.UTF_8)).hex().substring(0, 12) + ":" + subject;
            Instant until = Instant.ofEpochSecond(claims.getExpirationTime().getValue()).plusSeconds(LEEWAY_SECONDS);
            return new Answer.Known(new ApiKeys.Opened(owner, new Caller(owner, scope(claims)), allowances.of(owner), Optional.of(until)));
        } catch (InvalidJwtException | MalformedClaimException e) {
            return new Answer.Refused(e instanceof InvalidJwtException wrong && wrong.hasExpired() ? "this token has expired" : "this token is not for this service, or not signed by its provider");
        }
    }

    /** The widest of those named; run where none of ours is. */
    private static Scope scope(JwtClaims claims) {
        List<String> words = claims.getClaimValue("scope") instanceof String text ? Arrays.asList(text.split(" ")) : List.of();
        return Stream.of(Scope.ADMIN, Scope.RUN, Scope.READ).filter(scope -> words.contains(SCOPE + scope.wire())).findFirst().orElse(Scope.RUN);
    }
}
