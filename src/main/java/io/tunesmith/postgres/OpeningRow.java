package io.tunesmith.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.tunesmith.core.RunId;
import io.tunesmith.judge.Opening;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.ColumnTransformer;

/** The one opening of a run's sealed test. */
@Entity(name = "OpeningRow")
@Table(name = "opening")
public class OpeningRow extends PanacheEntityBase {
    private static final TypeReference<List<Opening.Frozen>> FROZEN = new TypeReference<>() {};

    @Id
    public String run;

    public String data;
    public String rule;
    public int number;
    public Instant at;

    @ColumnTransformer(write = "?::jsonb")
    public String frozen;

    static OpeningRow of(RunId run, Opening opening) {
        OpeningRow row = new OpeningRow();
        row.run = run.value();
        row.data = opening.data();
        row.rule = opening.rule();
        row.number = opening.number();
        row.at = opening.at();
        row.frozen = Json.write(opening.frozen());
        return row;
    }

    Opening opening() {
        return new Opening(data, rule, number, at, Json.read(frozen, FROZEN));
    }
}
