package io.tunesmith.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnTransformer;

/** What was found in a data set. */
@Entity(name = "DatasetProfileRow")
@Table(name = "dataset_profile")
public class DatasetProfileRow extends PanacheEntityBase {
    @Id
    public String dataset;

    @ColumnTransformer(write = "?::jsonb")
    public String profile;
}
