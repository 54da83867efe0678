package io.tunesmith.postgres;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.agent.Registration;
import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.agent.Agent;
import io.tunesmith.dispatch.agent.AgentJob;
import io.tunesmith.dispatch.agent.AgentStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Agents and their attempts in PostgreSQL. Thread-safe, also across services: every rule is the condition of one update. */
@ApplicationScoped
@Outlasting
@Transactional
public class PostgresAgents implements AgentStore {
    private static final String REGISTER = """
            insert into agent (id, name, boot, slots, gpus, heard) values (:id, :name, :boot, :slots, :gpus, :at)
            on conflict (id) do update set name = excluded.name, boot = excluded.boot, slots = excluded.slots, gpus = excluded.gpus, heard = excluded.heard, leaving = false,
                seq = case when agent.boot = excluded.boot then agent.seq else 0 end""";
    private static final String HEARD = """
            update agent set heard = greatest(heard, cast(:at as timestamptz)), seq = :seq, leaving = leaving or :leaving where id = :id and boot = :boot and seq < :seq""";
    private static final String PRUNE = """
            delete from agent where heard < :limit and not exists (select 1 from agent_job where agent_job.agent = agent.id)""";
    private static final String GIVE = """
            insert into agent_job (key, agent, affinity, folder, gpus, submitted) values (:key, :agent, :affinity, :folder, :gpus, :at) on conflict do nothing""";
    private static final String DELIVER = "update agent_job set delivered = true where key = :key and not ended";
    private static final String SEEN = "update agent_job set view = cast(:view as jsonb), ended = :ended where key = :key and not ended";
    private static final String END_UNDELIVERED = "update agent_job set view = cast(:view as jsonb), ended = true where key = :key and not ended and not delivered";
    private static final String STOP = "update agent_job set stop_ms = coalesce(stop_ms, :grace) where key = :key";
    private final EntityManager entities;

    public PostgresAgents(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    @LeaderOnly
    public void register(Registration registration, Instant at) {
        entities.createNativeQuery(REGISTER).setParameter("id", registration.id()).setParameter("name", registration.name()).setParameter("boot", registration.boot())
                .setParameter("slots", registration.slots()).setParameter("gpus", registration.gpus()).setParameter("at", at).executeUpdate();
    }

    @Override
    @LeaderOnly
    public boolean heard(String agent, String boot, long seq, boolean leaving, Instant at) {
        return entities.createNativeQuery(HEARD).setParameter("id", agent).setParameter("boot", boot).setParameter("seq", seq).setParameter("leaving", leaving)
                .setParameter("at", at).executeUpdate() == 1;
    }

    @Override
    public Optional<Agent> agent(String id) {
        return AgentRow.<AgentRow>findByIdOptional(id).map(AgentRow::agent);
    }

    @Override
    public List<Agent> agents() {
        return AgentRow.<AgentRow>list("order by name, id").stream().map(AgentRow::agent).toList();
    }

    @Override
    @LeaderOnly
    public void prune(Instant limit) {
        entities.createNativeQuery(PRUNE).setParameter("limit", limit).executeUpdate();
    }

    @Override
    @LeaderOnly
    public AgentJob give(AgentJob job) {
        entities.createNativeQuery(GIVE).setParameter("key", job.key().value()).setParameter("agent", job.agent()).setParameter("affinity", job.affinity())
                .setParameter("folder", job.folder().toString()).setParameter("gpus", job.gpus()).setParameter("at", job.submitted()).executeUpdate();
        return job(job.key()).orElseThrow();
    }

    @Override
    @LeaderOnly
    public boolean deliver(AttemptKey key) {
        return of(DELIVER, key).executeUpdate() == 1;
    }

    @Override
    @LeaderOnly
    public void seen(AttemptKey key, AttemptView view) {
        of(SEEN, key).setParameter("view", Json.write(view)).setParameter("ended", view.phase() == AttemptView.Phase.ENDED).executeUpdate();
    }

    @Override
    @LeaderOnly
    public boolean endUndelivered(AttemptKey key, AttemptView end) {
        return of(END_UNDELIVERED, key).setParameter("view", Json.write(end)).executeUpdate() == 1;
    }

    @Override
    @LeaderOnly
    public void stop(AttemptKey key, Duration grace) {
        of(STOP, key).setParameter("grace", grace.toMillis()).executeUpdate();
    }

    private Query of(String statement, AttemptKey key) {
        return entities.createNativeQuery(statement).setParameter("key", key.value());
    }

    @Override
    public Optional<AgentJob> job(AttemptKey key) {
        return AgentJobRow.<AgentJobRow>findByIdOptional(key.value()).map(AgentJobRow::job);
    }

    @Override
    public List<AgentJob> jobs() {
        return AgentJobRow.<AgentJobRow>list("order by submitted, key").stream().map(AgentJobRow::job).toList();
    }

    @Override
    @LeaderOnly
    public void forget(AttemptKey key) {
        AgentJobRow.deleteById(key.value());
    }
}
