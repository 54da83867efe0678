package io.tunesmith.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Sha256;
import io.tunesmith.data.DataFormat;
import io.tunesmith.data.DatasetRef;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A data set's row. */
@Entity(name = "DatasetRow")
@Table(name = "dataset")
public class DatasetRow extends PanacheEntityBase {
    @Id
    public String id;

    public String owner;
    public String name;

    @Enumerated(EnumType.STRING)
    public DataFormat format;

    public String sha256;
    public long bytes;
    public String source;
    public String resolved;
    public String revision;

    @Column(insertable = false, updatable = false)
    public Instant added;

    static DatasetRow of(DatasetRef dataset) {
        DatasetRow row = new DatasetRow();
        row.id = dataset.id().value();
        row.owner = dataset.owner();
        row.name = dataset.name();
        row.format = dataset.format();
        row.sha256 = dataset.sha256().hex();
        row.bytes = dataset.bytes();
        return row;
    }

    DatasetRef dataset() {
        return new DatasetRef(new DatasetId(id), owner, name, format, new Sha256(sha256), bytes);
    }
}
