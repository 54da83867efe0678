package io.tunesmith.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.tunesmith.batch.Batch;
import io.tunesmith.batch.BatchCap;
import io.tunesmith.batch.BatchEndpoint;
import io.tunesmith.batch.BatchError;
import io.tunesmith.batch.BatchStatus;
import io.tunesmith.core.BatchId;
import io.tunesmith.core.FileId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;

/** A batch's row. */
@Entity(name = "BatchRow")
@Table(name = "batch")
public class BatchRow extends PanacheEntityBase {
    private static final TypeReference<Map<String, String>> WORDS = new TypeReference<>() {};
    private static final TypeReference<List<BatchError>> ERRORS = new TypeReference<>() {};
    private static final TypeReference<Map<BatchStatus, Instant>> TIMES = new TypeReference<>() {};

    @Id
    public String id;

    public String owner;

    @Enumerated(EnumType.STRING)
    public BatchEndpoint endpoint;

    public String input;

    @ColumnTransformer(write = "?::jsonb")
    public String metadata;

    /** In seconds. */
    @Column(name = "keep_output")
    public Long keepOutput;

    @ColumnTransformer(write = "?::jsonb")
    public String cap;

    @Enumerated(EnumType.STRING)
    public BatchStatus status;

    @ColumnTransformer(write = "?::jsonb")
    public String errors;

    public int total;
    public int completed;
    public int failed;
    public String output;
    public String error;
    public Instant created;
    public Instant expires;

    @ColumnTransformer(write = "?::jsonb")
    public String reached;

    static BatchRow of(Batch batch) {
        BatchRow row = new BatchRow();
        row.id = batch.id().value();
        row.owner = batch.owner();
        row.endpoint = batch.endpoint();
        row.input = batch.input().value();
        row.metadata = Json.write(batch.metadata());
        row.keepOutput = batch.keepOutput().map(Duration::toSeconds).orElse(null);
        row.cap = Json.write(batch.cap());
        row.status = batch.status();
        row.errors = Json.write(batch.errors());
        row.created = batch.created();
        row.expires = batch.expires();
        row.reached = Json.write(batch.reached());
        return row;
    }

    Batch batch() {
        return new Batch(new BatchId(id), owner, endpoint, new FileId(input), Json.read(metadata, WORDS), Optional.ofNullable(keepOutput).map(Duration::ofSeconds), Json.read(cap, BatchCap.class), status,
                Json.read(errors, ERRORS), new Batch.Counts(total, completed, failed), Optional.ofNullable(output).map(FileId::new), Optional.ofNullable(error).map(FileId::new), created, expires, Json.read(reached, TIMES));
    }
}
