package io.tunesmith.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.tunesmith.core.RunId;
import io.tunesmith.run.RunEvent;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.ColumnTransformer;

/** One event of a run. */
@Entity(name = "RunEventRow")
@Table(name = "run_event")
@IdClass(RunEventRow.Key.class)
public class RunEventRow extends PanacheEntityBase {
    private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

    @Id
    public String run;

    @Id
    public long seq;

    public Instant at;
    public String type;
    public String draw;

    @ColumnTransformer(write = "?::jsonb")
    public String data;

    /** What names an event. */
    public record Key(String run, long seq) {}

    static RunEventRow of(RunEvent event, String draw) {
        RunEventRow row = new RunEventRow();
        row.run = event.run().value();
        row.seq = event.seq();
        row.at = event.at();
        row.type = event.type();
        row.draw = draw;
        row.data = Json.write(event.data());
        return row;
    }

    RunEvent event() {
        return new RunEvent(new RunId(run), seq, at, type, Json.read(data, DATA));
    }
}
