package io.tunesmith.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.tunesmith.core.FileId;
import io.tunesmith.run.FilePurpose;
import io.tunesmith.run.StoredFile;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** A client's file's row. */
@Entity(name = "StoredFileRow")
@Table(name = "stored_file")
public class StoredFileRow extends PanacheEntityBase {
    @Id
    public String id;

    public String owner;
    public String name;

    @Enumerated(EnumType.STRING)
    public FilePurpose purpose;

    public long bytes;
    public Instant created;
    public Instant expires;

    static StoredFileRow of(StoredFile file) {
        StoredFileRow row = new StoredFileRow();
        row.id = file.id().value();
        row.owner = file.owner();
        row.name = file.name();
        row.purpose = file.purpose();
        row.bytes = file.bytes();
        row.created = file.created();
        row.expires = file.expires().orElse(null);
        return row;
    }

    StoredFile file() {
        return new StoredFile(new FileId(id), owner, name, purpose, bytes, created, Optional.ofNullable(expires));
    }
}
