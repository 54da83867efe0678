package io.tunesmith.app;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
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
import io.tunesmith.run.Allowance;
import io.tunesmith.run.Allowances;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Scope;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The API's keys: stored by digest only, held in memory, read again in the background every two seconds, so that a key which another service on the same
 * database made or revoked is known here within seconds. A key has 256 random bits, so its digest needs no salt. Thread-safe: volatile values, one reader.
 */
@Singleton
public final class StoredKeys implements ApiKeys, Allowances {
    private static final System.Logger LOG = System.getLogger(StoredKeys.class.getName());
    private static final String PREFIX = "key_";
    private static final String LOCAL = "local";
    private static final String AGENT_TOKEN = "TUNESMITH_AGENT_TOKEN";
    private static final int SHORTEST = 32;
    /** How soon what another service made or revoked is known here. */
    private static final Duration READ_EVERY = Duration.ofSeconds(2);
    /** An unknown key may be new: then it is looked for at once, but not oftener than this. */
    private static final long MISS_NANOS = 500_000_000L;
    private final boolean required;
    private final DataFolder data;
    private final Ids ids;
    private final AtomicLong read = new AtomicLong(System.nanoTime());
    private final ReentrantLock reading = new ReentrantLock();
    private final Clock clock;
    private final Allowance usual;
    private volatile Map<String, Opened> opened = Map.of();
    private volatile Map<String, Opened> byId = Map.of();
    private volatile boolean ending;
    private volatile Optional<LocalKey> local = Optional.empty();

    public StoredKeys(ServiceConfig config, DataFolder data, Ids ids, Clock clock) {
        this.clock = clock;
        ServiceConfig.Limits limits = config.limits();
        this.usual = new Allowance(Optional.of(limits.requestsPerMinute()), Optional.of(limits.concurrentRuns()), Optional.of(limits.queuedRuns()), Optional.of(limits.uploadBytesPerDay()), Optional.of(limits.tokensPerDay()));
        this.required = config.auth();
        this.data = data;
        this.ids = ids;
    }

    /** Before the first request is taken, so that none is refused for want of keys. */
    void begin(@Observes StartupEvent event) {
        local = Optional.of(open(ServiceFile.read(data.root()).map(ServiceFile::key)));
        Optional.ofNullable(System.getenv(AGENT_TOKEN)).map(String::strip).filter(token -> !token.isEmpty()).ifPresent(this::takeIn);
        Thread.ofVirtual().name("keys").start(this::readAgain);
    }

    void end(@Observes ShutdownEvent event) {
        ending = true;
    }

    private void readAgain() {
        while (!ending) {
            try {
                Thread.sleep(READ_EVERY);
                refresh();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException absent) {
                LOG.log(System.Logger.Level.DEBUG, "keys are read again soon: {0}", absent.getMessage());
            }
        }
    }

    /** An agent's key that the operator chose, so that a service and its agents can be started together. */
    private void takeIn(String token) {
        if (token.length() < SHORTEST) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, AGENT_TOKEN, "the agents' key in " + AGENT_TOKEN + " has " + token.length() + " characters")
                    .allowed("at least " + SHORTEST).hint("make one: openssl rand -hex 32").asException();
        }
        refresh();
        if (!opened.containsKey(digest(token))) {
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
            List<ApiKeyRow> rows = QuarkusTransaction.requiringNew().call(() -> ApiKeyRow.<ApiKeyRow>listAll());
            opened = rows.stream().collect(Collectors.toUnmodifiableMap(row -> row.sha256, this::opened));
            byId = opened.values().stream().collect(Collectors.toUnmodifiableMap(Opened::id, Function.identity()));
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

    private Opened opened(ApiKeyRow row) {
        Scope scope = Scope.of(row.scope);
        Allowance limits = scope == Scope.ADMIN || scope == Scope.AGENT ? row.allowance() : row.allowance().or(usual);
        return new Opened(row.id, new Caller(row.opens(), scope), limits, Optional.ofNullable(row.expires));
    }

    @Override
    public Optional<Opened> open(String key) {
        Optional<Opened> found = Optional.ofNullable(opened.get(digest(key)));
        long before = read.get();
        if (found.isEmpty() && System.nanoTime() - before > MISS_NANOS && read.compareAndSet(before, System.nanoTime())) {
            Thread.ofVirtual().start(this::refresh);
        }
        return found.filter(this::current);
    }

    @Override
    public Optional<Instant> ended(String key) {
        return Optional.ofNullable(opened.get(digest(key))).filter(one -> !current(one)).flatMap(Opened::until);
    }

    @Override
    public boolean stands(Opened one) {
        return current(one) && (byId.containsKey(one.id()) || !one.id().startsWith(PREFIX));
    }

    private boolean current(Opened one) {
        return one.until().filter(until -> !clock.instant().isBefore(until)).isEmpty();
    }

    /** A key's own; of the operator none; of a person, and of a key that is gone, the usual. */
    @Override
    public Allowance of(String owner) {
        return owner.isEmpty() ? Allowance.NONE_SAID : Optional.ofNullable(byId.get(owner)).map(Opened::allowance).orElse(usual);
    }

    @Override
    public KeyView.Made make(KeyView.Wanted asked) {
        KeyView.Wanted wanted = asked.checked();
        String key = fresh();
        ApiKeyRow made = QuarkusTransaction.requiringNew().call(() -> {
            ApiKeyRow row = row(key, wanted.label().orElse(""), Scope.of(wanted.scope().orElseThrow()));
            row.owner = wanted.opens().map(StoredKeys::owner).orElse("");
            row.expires = wanted.expiresDays().map(days -> clock.instant().plus(Duration.ofDays(days))).orElse(null);
            row.allow(wanted.limits().orElse(Allowance.NONE_SAID));
            row.persistAndFlush();
            return row;
        });
        refresh();
        return new KeyView.Made(made.id, made.label, made.scope, wanted.opens(), Optional.ofNullable(made.expires), key);
    }

    /** Of a key that itself opens another's, that one's. */
    private static String owner(String id) {
        return ApiKeyRow.<ApiKeyRow>find("id", id).firstResultOptional().map(ApiKeyRow::opens).orElseThrow(() -> Failure.BadRequest.of(FailureCode.NOT_FOUND, "for", "there is no key \"" + id + "\"")
                .hint("list them: tunesmith key list").asException());
    }

    @Override
    public List<KeyView> list() {
        return QuarkusTransaction.requiringNew().call(() -> ApiKeyRow.<ApiKeyRow>list("order by made, id").stream()
                .map(row -> new KeyView(row.id, row.label, row.scope, Optional.of(row.owner).filter(owner -> !owner.isEmpty()), row.made, Optional.ofNullable(row.expires), row.allowance())).toList());
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
        Optional<String> kept = known.filter(key -> Optional.ofNullable(opened.get(digest(key))).filter(one -> one.caller().scope() == Scope.ADMIN && current(one)).isPresent());
        if (kept.isPresent()) {
            return new LocalKey(kept.get(), false);
        }
        LocalKey key = new LocalKey(fresh(), true);
        QuarkusTransaction.requiringNew().run(() -> store(key.value(), LOCAL, Scope.ADMIN));
        refresh();
        return key;
    }

    private void store(String key, String label, Scope scope) {
        row(key, label, scope).persistAndFlush();
    }

    private ApiKeyRow row(String key, String label, Scope scope) {
        ApiKeyRow row = new ApiKeyRow();
        row.sha256 = digest(key);
        row.id = ids.next(PREFIX);
        row.label = label;
        row.scope = scope.wire();
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
