package io.tunesmith.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tunesmith.core.Sha256;
import io.tunesmith.run.KeptAnswers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Kept answers in PostgreSQL. Thread-safe: of two that take a name the table's key lets one in. */
@ApplicationScoped
@Outlasting
@Transactional
public class PostgresAnswers implements KeptAnswers {
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
    private static final String TAKE = """
            insert into kept_answer (owner, key, request, draw, at) values (:owner, :key, :request, :draw, :now) on conflict (owner, key) do update
            set request = :request, draw = :draw, at = :now, status = null, headers = null, body = null where kept_answer.at < :free""";
    private static final String FIND = "select request, draw, status, cast(headers as text) as headers, body from kept_answer where owner = :owner and key = :key";
    private static final String KEEP = "update kept_answer set status = :status, headers = cast(:headers as jsonb), body = :body where owner = :owner and key = :key and status is null";
    private final EntityManager entities;

    public PostgresAnswers(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public Kept take(Name name, Sha256 request, String draw, Instant now, Instant free) {
        named(TAKE, name).setParameter("request", request.hex()).setParameter("draw", draw).setParameter("now", now).setParameter("free", free).executeUpdate();
        Tuple row = (Tuple) entities.createNativeQuery(FIND, Tuple.class).setParameter("owner", name.owner()).setParameter("key", name.key()).getSingleResult();
        Optional<Answer> answer = Optional.ofNullable(row.get("status", Integer.class)).map(status -> new Answer(status, Json.read(row.get("headers", String.class), HEADERS), row.get("body", String.class)));
        return new Kept(new Sha256(row.get("request", String.class)), row.get("draw", String.class), answer);
    }

    @Override
    public void keep(Name name, Answer answer) {
        named(KEEP, name).setParameter("status", answer.status()).setParameter("headers", Json.write(answer.headers())).setParameter("body", answer.body()).executeUpdate();
    }

    @Override
    public void free(Name name) {
        named("delete from kept_answer where owner = :owner and key = :key and status is null", name).executeUpdate();
    }

    @Override
    public void forget(Instant before) {
        entities.createNativeQuery("delete from kept_answer where at < :before").setParameter("before", before).executeUpdate();
    }

    private Query named(String statement, Name name) {
        return entities.createNativeQuery(statement).setParameter("owner", name.owner()).setParameter("key", name.key());
    }
}
