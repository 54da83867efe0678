package io.tunesmith.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A key that opens the API, or a part of it, by its digest only. */
@Entity(name = "ApiKeyRow")
@Table(name = "api_key")
public class ApiKeyRow extends PanacheEntityBase {
    @Id
    public String sha256;

    /** Names it where the digest should not. */
    public String id;

    public String label;

    /** The wire name of what it opens. */
    public String scope;

    /** The id of the key whose objects it opens; empty: its own. */
    public String owner = "";

    @Column(insertable = false, updatable = false)
    public Instant made;
}
