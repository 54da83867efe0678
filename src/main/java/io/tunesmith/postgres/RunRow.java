package io.tunesmith.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.tunesmith.core.Failure;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Extra;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunRequest;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunVersion;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;

/** A run's row. {@code lastEvent} is written only by the statement that numbers events. */
@Entity(name = "RunRow")
@Table(name = "run")
public class RunRow extends PanacheEntityBase {
    @Id
    public String id;

    public String owner;

    @ColumnTransformer(write = "?::jsonb")
    public String request;

    @Enumerated(EnumType.STRING)
    public RunStatus status;

    public long seed;
    public Instant accepted;

    @Column(name = "worked_seconds")
    public double workedSeconds;

    @Column(name = "extra_trials", insertable = false)
    public long extraTrials;

    @Column(name = "extra_seconds", insertable = false)
    public double extraSeconds;

    public Instant ended;

    @ColumnTransformer(write = "?::jsonb")
    public String failure;

    @Column(name = "last_event", insertable = false, updatable = false)
    public long lastEvent;

    static RunRow of(Run run) {
        RunRow row = new RunRow();
        row.id = run.id().value();
        row.owner = run.owner();
        row.request = Json.write(run.request());
        row.status = run.status();
        row.seed = run.seed();
        row.accepted = run.accepted();
        row.workedSeconds = run.worked().toMillis() / 1000.0;
        row.ended = run.ended().orElse(null);
        row.failure = run.failure().map(failure -> Json.write(Failure.class, failure)).orElse(null);
        return row;
    }

    RunVersion version() {
        return new RunVersion(run(), lastEvent);
    }

    Run run() {
        return new Run(new RunId(id), owner, Json.read(request, RunRequest.class), status, seed, accepted, Duration.ofMillis(Math.round(workedSeconds * 1000)), Optional.ofNullable(ended),
                Optional.ofNullable(failure).map(json -> Json.read(json, Failure.class)), new Extra(extraTrials, extraSeconds));
    }
}
