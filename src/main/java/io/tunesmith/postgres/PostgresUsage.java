package io.tunesmith.postgres;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.run.Allowance;
import io.tunesmith.run.Allowances;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Usage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** A row for each owner, day and kind. Thread-safe: one statement adds and says what it came to, and a transaction that finds it too much is undone. */
@ApplicationScoped
@Outlasting
@Transactional
public class PostgresUsage implements Usage {
    private static final String ADD = """
            insert into key_usage (owner, day, kind, amount) values (:owner, :day, :kind, :amount)
            on conflict (owner, day, kind) do update set amount = key_usage.amount + :amount returning amount""";
    private final EntityManager entities;
    private final Allowances allowances;
    private final Clock clock;

    public PostgresUsage(EntityManager entities, Allowances allowances, Clock clock) {
        this.entities = entities;
        this.allowances = allowances;
        this.clock = clock;
    }

    @Override
    public void take(Caller caller, Kind kind, long amount) {
        long used = count(caller, kind, amount);
        limit(caller, kind).filter(most -> used > most).ifPresent(most -> {
            throw new Failure.Transient(FailureCode.RATE_LIMITED, "this key may use " + most + (kind == Kind.TOKENS ? " tokens" : " bytes of uploads") + " a day; "
                    + (used - amount) + " are used and " + amount + " more were asked for", untilTomorrow()).asException();
        });
    }

    @Override
    public void add(Caller caller, Kind kind, long amount) {
        count(caller, kind, amount);
    }

    @Override
    public long left(Caller caller, Kind kind) {
        return limit(caller, kind).map(most -> Math.max(0, most - used(caller, kind))).orElse(Long.MAX_VALUE);
    }

    private long used(Caller caller, Kind kind) {
        return entities.createNativeQuery("select amount from key_usage where owner = :owner and day = :day and kind = :kind", Long.class)
                .setParameter("owner", caller.owner()).setParameter("day", today()).setParameter("kind", kind.name()).getResultStream().mapToLong(amount -> (Long) amount).sum();
    }

    private long count(Caller caller, Kind kind, long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("used " + amount);
        }
        return (Long) entities.createNativeQuery(ADD, Long.class).setParameter("owner", caller.owner()).setParameter("day", today()).setParameter("kind", kind.name())
                .setParameter("amount", amount).getSingleResult();
    }

    private Optional<Long> limit(Caller caller, Kind kind) {
        Allowance allowance = allowances.of(caller.owner());
        return kind == Kind.TOKENS ? allowance.tokensPerDay() : allowance.uploadBytesPerDay();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private Duration untilTomorrow() {
        return Duration.between(clock.instant(), today().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
