package io.tunesmith.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.tunesmith.run.TrialStore;
import io.tunesmith.search.Proposal;
import io.tunesmith.study.Trial;
import io.tunesmith.study.TrialState;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.hibernate.annotations.ColumnTransformer;

/** A trial's row; written by the statements of {@link PostgresTrials}, read through this class. */
@Entity(name = "TrialRow")
@Table(name = "trial")
@IdClass(TrialRow.Key.class)
public class TrialRow extends PanacheEntityBase {
    private static final TypeReference<TreeMap<Long, Double>> CURVE = new TypeReference<>() {};

    @Id
    public String run;

    @Id
    public int number;

    @ColumnTransformer(write = "?::jsonb")
    public String proposal;

    @ColumnTransformer(write = "?::jsonb")
    public String state;

    @ColumnTransformer(write = "?::jsonb")
    public String curve;

    public boolean terminal;
    public Instant proposed;
    public Instant ended;

    /** What names a trial. */
    public record Key(String run, int number) {}

    Trial trial() {
        return new Trial(number, Json.read(proposal, Proposal.class), Json.read(state, TrialState.class), Json.read(curve, CURVE));
    }

    TrialStore.TimedTrial timed() {
        return new TrialStore.TimedTrial(trial(), proposed, Optional.ofNullable(ended).orElse(proposed));
    }
}
