package io.tunesmith.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.tunesmith.dispatch.agent.Agent;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** An agent's row. {@code seq} is the number of its last word since its boot. */
@Entity(name = "AgentRow")
@Table(name = "agent")
public class AgentRow extends PanacheEntityBase {
    @Id
    public String id;

    public String name;
    public String boot;
    public int slots;
    public int gpus;
    public Instant heard;
    public long seq;
    public boolean leaving;

    Agent agent() {
        return new Agent(id, name, boot, slots, gpus, heard, leaving);
    }
}
