package io.tunesmith.postgres;

import io.tunesmith.core.RunId;
import io.tunesmith.talk.Repeats;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Which message made which run, in PostgreSQL. Thread-safe: of two that take a name the table's key lets one in. */
@ApplicationScoped
@Outlasting
@Transactional
public class PostgresRepeats implements Repeats {
    private static final String TAKE = """
            insert into chat_repeat (owner, key, content, run, at) values (:owner, :key, :content, :run, :now) on conflict (owner, key) do update
            set content = :content, run = :run, at = :now where chat_repeat.at < :free""";
    private static final String FIND = "select content, run from chat_repeat where owner = :owner and key = :key";
    private static final String REPLACE = "update chat_repeat set content = :content, run = :run, at = :now where owner = :owner and key = :key and run in (:old, :run)";
    private final EntityManager entities;

    public PostgresRepeats(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public Taken take(Name name, Taken wanted, Instant now, Instant free) {
        named(TAKE, name).setParameter("content", wanted.content()).setParameter("run", wanted.run().value()).setParameter("now", now).setParameter("free", free).executeUpdate();
        Tuple row = (Tuple) entities.createNativeQuery(FIND, Tuple.class).setParameter("owner", name.owner()).setParameter("key", name.key()).getSingleResult();
        return new Taken(row.get("content", String.class), new RunId(row.get("run", String.class)));
    }

    @Override
    public boolean replace(Name name, RunId old, Taken wanted, Instant now) {
        return named(REPLACE, name).setParameter("content", wanted.content()).setParameter("run", wanted.run().value()).setParameter("old", old.value()).setParameter("now", now).executeUpdate() == 1;
    }

    @Override
    public void free(Name name, RunId run) {
        named("delete from chat_repeat where owner = :owner and key = :key and run = :run", name).setParameter("run", run.value()).executeUpdate();
    }

    @Override
    public void forget(Instant before) {
        entities.createNativeQuery("delete from chat_repeat where at < :before").setParameter("before", before).executeUpdate();
    }

    private Query named(String statement, Name name) {
        return entities.createNativeQuery(statement).setParameter("owner", name.owner()).setParameter("key", name.key());
    }
}
