package io.tunesmith.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.tunesmith.run.Allowance;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

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

    /** Absent: it opens until it is revoked. */
    public Instant expires;

    @Column(name = "requests_per_minute")
    public Integer requestsPerMinute;

    @Column(name = "concurrent_runs")
    public Integer concurrentRuns;

    @Column(name = "queued_runs")
    public Integer queuedRuns;

    @Column(name = "upload_bytes_per_day")
    public Long uploadBytesPerDay;

    @Column(name = "tokens_per_day")
    public Long tokensPerDay;

    @Column(insertable = false, updatable = false)
    public Instant made;

    /** The id that its objects carry. */
    public String opens() {
        return owner.isEmpty() ? id : owner;
    }

    /** What was said of it; not said is empty. */
    public Allowance allowance() {
        return new Allowance(Optional.ofNullable(requestsPerMinute), Optional.ofNullable(concurrentRuns), Optional.ofNullable(queuedRuns), Optional.ofNullable(uploadBytesPerDay), Optional.ofNullable(tokensPerDay));
    }

    public void allow(Allowance allowance) {
        requestsPerMinute = allowance.requestsPerMinute().orElse(null);
        concurrentRuns = allowance.concurrentRuns().orElse(null);
        queuedRuns = allowance.queuedRuns().orElse(null);
        uploadBytesPerDay = allowance.uploadBytesPerDay().orElse(null);
        tokensPerDay = allowance.tokensPerDay().orElse(null);
    }
}
