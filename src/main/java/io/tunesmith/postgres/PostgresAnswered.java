package io.tunesmith.postgres;

import io.tunesmith.talk.Answered;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Answers that clients come back for, in PostgreSQL. Thread-safe. */
@ApplicationScoped
@Outlasting
@Transactional
public class PostgresAnswered implements Answered {
    private final EntityManager entities;

    public PostgresAnswered(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public boolean keep(Kept answer) {
        return entities.createNativeQuery("insert into chat_response (id, owner, at, content) values (:id, :owner, :at, cast(:content as jsonb)) on conflict (id) do nothing")
                .setParameter("id", answer.id()).setParameter("owner", answer.owner()).setParameter("at", answer.at()).setParameter("content", answer.content()).executeUpdate() == 1;
    }

    @Override
    public Optional<Kept> find(String id) {
        List<?> rows = entities.createNativeQuery("select id, owner, at, cast(content as text) as content from chat_response where id = :id", Tuple.class).setParameter("id", id).getResultList();
        return rows.stream().map(Tuple.class::cast).map(row -> new Kept(row.get("id", String.class), row.get("owner", String.class), row.get("at", Instant.class), row.get("content", String.class))).findFirst();
    }

    @Override
    public boolean delete(String id) {
        return entities.createNativeQuery("delete from chat_response where id = :id").setParameter("id", id).executeUpdate() == 1;
    }

    @Override
    public void forget(Instant before) {
        entities.createNativeQuery("delete from chat_response where at < :before").setParameter("before", before).executeUpdate();
    }
}
