package io.tunesmith.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A key that opens the API, by its digest only. */
@Entity(name = "ApiKeyRow")
@Table(name = "api_key")
public class ApiKeyRow extends PanacheEntityBase {
    @Id
    public String sha256;

    public String label;
}
