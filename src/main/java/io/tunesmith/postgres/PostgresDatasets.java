package io.tunesmith.postgres;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Ids;
import io.tunesmith.core.Sha256;
import io.tunesmith.data.DataFormat;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.run.Caller;
import io.tunesmith.run.DatasetStore;
import io.tunesmith.run.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Data sets: bytes in the data folder under our own names, the rest in PostgreSQL. Thread-safe. */
@ApplicationScoped
public class PostgresDatasets implements DatasetStore {
    private final DataFolder data;
    private final Ids ids;
    private final DiskSpace space;

    public PostgresDatasets(DataFolder data, Ids ids, DiskSpace space) {
        this.data = data;
        this.ids = ids;
        this.space = space;
    }

    @Override
    public DatasetRef add(String owner, String name, Path uploaded) {
        DataFormat format = DataFormat.of(name).orElseThrow(() -> Failure.BadRequest
                .of(FailureCode.DATA_UNREADABLE, "data", "\"" + name + "\" has no ending that says what it is")
                .allowed(".csv, .tsv, .txt, .parquet, .pq").asException());
        space.check();
        try {
            long bytes = Files.size(uploaded);
            if (bytes == 0) {
                throw Failure.BadRequest.of(FailureCode.DATA_UNREADABLE, "data", "\"" + name + "\" is empty").asException();
            }
            DatasetRef dataset = new DatasetRef(ids.dataset(), owner, name, format, Sha256.of(uploaded), bytes);
            Files.move(uploaded, file(dataset.id()));
            store(dataset);
            return dataset;
        } catch (IOException e) {
            throw new UncheckedIOException("the uploaded data cannot be kept", e);
        }
    }

    private static void store(DatasetRef dataset) {
        OutageRetry.outlast(() -> QuarkusTransaction.requiringNew().run(() -> {
            if (DatasetRow.<DatasetRow>findByIdOptional(dataset.id().value()).isEmpty()) {
                DatasetRow.of(dataset).persist();
            }
        }));
    }

    @Override
    @Outlasting
    @Transactional
    public Optional<DatasetRef> find(DatasetId id) {
        return DatasetRow.<DatasetRow>findByIdOptional(id.value()).map(DatasetRow::dataset);
    }

    @Override
    @Outlasting
    @Transactional
    public List<DatasetRef> list(Caller caller, Optional<DatasetId> before, int limit) {
        return DatasetRow.<DatasetRow>find("(?1 or owner = ?2) and (?3 = '' or id < ?3) order by id desc", caller.scope() == Scope.ADMIN, caller.owner(), before.map(DatasetId::value).orElse(""))
                .page(Page.ofSize(limit)).stream().map(DatasetRow::dataset).toList();
    }

    @Override
    public Path file(DatasetId id) {
        return data.folder("datasets").resolve(id.value());
    }
}
