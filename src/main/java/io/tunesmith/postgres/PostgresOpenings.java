package io.tunesmith.postgres;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.judge.Opening;
import io.tunesmith.run.OpeningStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Openings of sealed tests in PostgreSQL. Thread-safe: openings of one data set and rule are counted one after the other. */
@ApplicationScoped
@Outlasting
@Transactional
public class PostgresOpenings implements OpeningStore {
    private final EntityManager entities;

    public PostgresOpenings(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    @LeaderOnly
    public Opening open(RunId run, String data, String rule, List<Opening.Frozen> frozen, Instant at) {
        oneAtATime(data, rule);
        Optional<Opening> first = of(run);
        if (first.isPresent()) {
            return sameAgain(run, first.get(), frozen);
        }
        int number = Math.toIntExact(OpeningRow.count("data = ?1 and rule = ?2", data, rule)) + 1;
        Opening opening = new Opening(data, rule, number, at, frozen);
        OpeningRow.of(run, opening).persist();
        return opening;
    }

    @Override
    public Optional<Opening> of(RunId run) {
        return OpeningRow.<OpeningRow>findByIdOptional(run.value()).map(OpeningRow::opening);
    }

    private void oneAtATime(String data, String rule) {
        entities.createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:key, 0))", Integer.class)
                .setParameter("key", data + "|" + rule).getSingleResult();
    }

    private static Opening sameAgain(RunId run, Opening first, List<Opening.Frozen> frozen) {
        if (!first.frozen().equals(frozen)) {
            throw Failure.BadRequest.of(FailureCode.REFUSED, "frozen", "the sealed test of " + run + " was opened at " + first.at() + " for another list of models")
                    .hint("a sealed test is opened once a run").asException();
        }
        return first;
    }
}
