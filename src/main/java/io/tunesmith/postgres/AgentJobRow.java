package io.tunesmith.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.agent.AgentJob;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;

/** The row of an attempt that was given to an agent. {@code ended} repeats the view's phase for the conditional updates. */
@Entity(name = "AgentJobRow")
@Table(name = "agent_job")
public class AgentJobRow extends PanacheEntityBase {
    @Id
    public String key;

    public String agent;
    public String affinity;
    public String folder;
    public int gpus;
    public Instant submitted;
    public boolean delivered;
    public boolean ended;

    @Column(name = "stop_ms")
    public Long stopMillis;

    @ColumnTransformer(write = "?::jsonb")
    public String view;

    AgentJob job() {
        return new AgentJob(new AttemptKey(key), agent, affinity, Path.of(folder), gpus, submitted, delivered, Optional.ofNullable(stopMillis).map(Duration::ofMillis),
                Optional.ofNullable(view).map(json -> Json.read(json, AttemptView.class)));
    }
}
