package io.tunesmith.app;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.tunesmith.api.rest.ApiKeys;
import io.tunesmith.api.rest.KeyView;
import io.tunesmith.api.rest.ServiceFile;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Ids;
import io.tunesmith.core.Sha256;
import io.tunesmith.postgres.ApiKeyRow;
import io.tunesmith.postgres.DataFolder;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Scope;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The API's keys: stored by digest only, held in memory, read again in the background while they are used, so that a key which another service on the same
 * database made or revoked is known here within seconds. A key has 256 random bits, so its digest needs no salt. Thread-safe: volatile values, one reader.
 */
@Singleton
public final class StoredKeys implements ApiKeys {
    private static final String LOCAL = "local";
    private static final String AGENT_TOKEN = "TUNESMITH_AGENT_TOKEN";
    private static final int SHORTEST = 32;
    private static final long STALE_NANOS = 30_000_000_000L;
    /** An unknown key may be new. */
    private static final long MISS_NANOS = 2_000_000_000L;
    private final boolean required;
    private final DataFolder data;
    private final Ids ids;
    private final AtomicLong read = new AtomicLong(System.nanoTime());
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Map<String, Caller> callers = Map.of();
    private volatile Optional<LocalKey> local = Optional.empty();

    public StoredKeys(ServiceConfig config, DataFolder data, Ids ids) {
        this.required = config.auth();
        this.data = data;
        this.ids = ids;
    }

    /** Before the first request is taken, so that none is refused for want of keys. */
    void begin(@Observes StartupEvent event) {
        local = Optional.of(open(ServiceFile.read(data.root()).map(ServiceFile::key)));
        Optional.ofNullable(System.getenv(AGENT_TOKEN)).map(String::strip).filter(token -> !token.isEmpty()).ifPresent(this::takeIn);
    }

    /** An agent's key that the operator chose, so that a service and its agents can be started together. */
    private void takeIn(String token) {
        if (token.length() < SHORTEST) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, AGENT_TOKEN, "the agents' key in " + AGENT_TOKEN + " has " + token.length() + " characters")
                    .allowed("at least " + SHORTEST).hint("make one: openssl rand -hex 32").asException();
        }
        refresh();
        if (!callers.containsKey(digest(token))) {
            QuarkusTransaction.requiringNew().run(() -> store(token, "from " + AGENT_TOKEN, Scope.AGENT));
            refresh();
        }
    }

    /**
     * Takes in what this service and others on this database have made and revoked since. One reader at a time: two could end in the wrong order, and the
     * older one would forget a key that was just made, or revive one that was just revoked.
     */
    void refresh() {
        reading.lock();
        try {
            callers = QuarkusTransaction.requiringNew().call(() -> ApiKeyRow.<ApiKeyRow>listAll().stream()
                    .collect(Collectors.toUnmodifiableMap(row -> row.sha256, row -> new Caller(row.owner.isEmpty() ? row.id : row.owner, Scope.of(row.scope)))));
        } finally {
            reading.unlock();
        }
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
    public Optional<Caller> caller(String key) {
        Optional<Caller> caller = Optional.ofNullable(callers.get(digest(key)));
        long before = read.get();
        boolean old = System.nanoTime() - before > (caller.isPresent() ? STALE_NANOS : MISS_NANOS);
        if (old && read.compareAndSet(before, System.nanoTime())) {
            Thread.ofVirtual().start(this::refresh);
        }
        return caller;
    }

    @Override
    public KeyView.Made make(String label, Scope scope) {
        String key = fresh();
        String id = QuarkusTransaction.requiringNew().call(() -> store(key, label, scope).id);
        refresh();
        return new KeyView.Made(id, label, scope.wire(), key);
    }

    @Override
    public List<KeyView> list() {
        return QuarkusTransaction.requiringNew().call(() -> ApiKeyRow.<ApiKeyRow>list("order by made, id").stream()
                .map(row -> new KeyView(row.id, row.label, row.scope, row.made)).toList());
    }

    @Override
    public boolean revoke(String id) {
        boolean known = QuarkusTransaction.requiringNew().call(() -> {
            Optional<ApiKeyRow> row = ApiKeyRow.<ApiKeyRow>find("id", id).firstResultOptional();
            if (row.filter(own -> local.filter(key -> digest(key.value()).equals(own.sha256)).isPresent()).isPresent()) {
                throw Failure.BadRequest.of(FailureCode.REFUSED, "id", "this is the service's own key; the tunesmith command of this machine uses it")
                        .hint("delete service.json in the data folder and start the service again: it makes a new one, and this one can be revoked").asException();
            }
            row.ifPresent(ApiKeyRow::delete);
            return row.isPresent();
        });
        refresh();
        return known;
    }

    /**
     * Reads the stored keys and makes the local one where {@code known}, the key of the discovery file, is none of them.
     *
     * @return the local key, and whether it is new
     */
    LocalKey open(Optional<String> known) {
        refresh();
        Optional<String> kept = known.filter(key -> Optional.ofNullable(callers.get(digest(key))).filter(caller -> caller.scope() == Scope.ADMIN).isPresent());
        if (kept.isPresent()) {
            return new LocalKey(kept.get(), false);
        }
        LocalKey key = new LocalKey(fresh(), true);
        QuarkusTransaction.requiringNew().run(() -> store(key.value(), LOCAL, Scope.ADMIN));
        refresh();
        return key;
    }

    private ApiKeyRow store(String key, String label, Scope scope) {
        ApiKeyRow row = new ApiKeyRow();
        row.sha256 = digest(key);
        row.id = ids.next("key_");
        row.label = label;
        row.scope = scope.wire();
        row.persistAndFlush();
        return row;
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
