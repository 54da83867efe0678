package io.tunesmith.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.dispatch.Attempt;
import io.tunesmith.dispatch.AttemptEnd;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;

/** An attempt's row. {@code restarts} is the engine's count at the last claim. */
@Entity(name = "AttemptRow")
@Table(name = "attempt")
public class AttemptRow extends PanacheEntityBase {
    @Id
    public String key;

    public int n;
    public String affinity;
    public String backend;

    @Column(name = "token_hash")
    public String tokenHash;

    @Enumerated(EnumType.STRING)
    public Attempt.State state;

    public int incarnation;
    public String nonce;
    public int restarts;

    @Column(name = "engine_id")
    public String engineId;

    public Instant intended;
    public Instant claimed;
    public Instant started;
    public Instant heard;

    @ColumnTransformer(write = "?::jsonb")
    public String ending;

    Attempt attempt() {
        return new Attempt(new AttemptKey(key), n, affinity, backend, tokenHash, state, incarnation, Optional.ofNullable(nonce), Optional.ofNullable(engineId), intended,
                Optional.ofNullable(claimed), Optional.ofNullable(started), heard, Optional.ofNullable(ending).map(json -> Json.read(json, AttemptEnd.class)));
    }

    /** Moves on only where the table of moves allows it. */
    void become(Attempt.State next) {
        if (state.leadsTo(next)) {
            state = next;
        }
    }
}
