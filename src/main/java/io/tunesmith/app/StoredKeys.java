package io.tunesmith.app;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.tunesmith.api.rest.ApiKeys;
import io.tunesmith.api.rest.ServiceFile;
import io.tunesmith.core.Sha256;
import io.tunesmith.postgres.ApiKeyRow;
import io.tunesmith.postgres.DataFolder;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The API's keys: stored by digest only, held in memory. A key has 256 random bits, so its digest needs no salt. Thread-safe: volatile values. */
@Singleton
public final class StoredKeys implements ApiKeys {
    private static final String LOCAL = "local";
    private final boolean required;
    private final DataFolder data;
    private volatile Set<String> digests = Set.of();
    private volatile Optional<LocalKey> local = Optional.empty();

    public StoredKeys(ServiceConfig config, DataFolder data) {
        this.required = config.auth();
        this.data = data;
    }

    /** Before the first request is taken, so that none is refused for want of keys. */
    void begin(@Observes StartupEvent event) {
        local = Optional.of(open(ServiceFile.read(data.root()).map(ServiceFile::key)));
    }

    /** The local key, and whether this start made it. */
    LocalKey local() {
        return local.orElseThrow();
    }

    @Override
    public boolean required() {
        return required;
    }

    @Override
    public boolean accepts(String key) {
        return digests.contains(digest(key));
    }

    /**
     * Reads the stored keys and makes the local one where {@code known}, the key of the discovery file, is none of them.
     *
     * @return the local key, and whether it is new
     */
    LocalKey open(Optional<String> known) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Set<String> stored = ApiKeyRow.<ApiKeyRow>listAll().stream().map(row -> row.sha256).collect(Collectors.toUnmodifiableSet());
            Optional<String> kept = known.filter(key -> stored.contains(digest(key)));
            LocalKey key = kept.map(old -> new LocalKey(old, false)).orElseGet(() -> new LocalKey(fresh(), true));
            if (key.fresh()) {
                store(key.value());
            }
            digests = ApiKeyRow.<ApiKeyRow>listAll().stream().map(row -> row.sha256).collect(Collectors.toUnmodifiableSet());
            return key;
        });
    }

    private static void store(String key) {
        ApiKeyRow row = new ApiKeyRow();
        row.sha256 = digest(key);
        row.label = LOCAL;
        row.persist();
    }

    private static String fresh() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return "tsk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String digest(String key) {
        return Sha256.of(key.getBytes(StandardCharsets.UTF_8)).hex();
    }

    record LocalKey(String value, boolean fresh) {}
}
