package io.tunesmith.postgres;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Ids;
import io.tunesmith.core.Sha256;
import io.tunesmith.core.TableFile;
import io.tunesmith.data.DataFetcher;
import io.tunesmith.data.DataFormat;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.data.Profile;
import io.tunesmith.run.Caller;
import io.tunesmith.run.DatasetStore;
import io.tunesmith.run.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

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
                .allowed(TableFile.PLAIN).asException());
        space.check();
        try {
            long bytes = Files.size(uploaded);
            if (bytes == 0) {
                throw Failure.BadRequest.of(FailureCode.DATA_UNREADABLE, "data", "\"" + name + "\" is empty").allowed("at least one row").asException();
            }
            Sha256 digest = Sha256.of(uploaded);
            DatasetRef dataset = same(owner, name, digest).orElseGet(() -> new DatasetRef(ids.dataset(), owner, name, format, digest, bytes));
            // Also for one that is known: its file may be gone.
            Files.move(uploaded, file(dataset.id()), StandardCopyOption.REPLACE_EXISTING);
            store(dataset);
            return dataset;
        } catch (IOException e) {
            throw new UncheckedIOException("the uploaded data cannot be kept", e);
        }
    }

    private static Optional<DatasetRef> same(String owner, String name, Sha256 digest) {
        AtomicReference<Optional<DatasetRef>> found = new AtomicReference<>();
        OutageRetry.outlast(() -> QuarkusTransaction.requiringNew().run(() -> found.set(
                DatasetRow.<DatasetRow>find("owner = ?1 and name = ?2 and sha256 = ?3 order by id", owner, name, digest.hex()).firstResultOptional().map(DatasetRow::dataset))));
        return found.get();
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
        return DatasetRow.<DatasetRow>find("(?1 = true or owner = ?2) and (?3 = '' or id < ?3) order by id desc", caller.scope() == Scope.ADMIN, caller.owner(), before.map(DatasetId::value).orElse(""))
                .page(Page.ofSize(limit)).stream().map(DatasetRow::dataset).toList();
    }

    @Override
    @Outlasting
    @Transactional
    public Optional<DataFetcher.Origin> origin(DatasetId id) {
        return DatasetRow.<DatasetRow>findByIdOptional(id.value()).filter(row -> row.source != null).map(row -> new DataFetcher.Origin(row.source, row.resolved, Optional.ofNullable(row.revision)));
    }

    @Override
    public void keepOrigin(DatasetId id, DataFetcher.Origin origin) {
        OutageRetry.outlast(() -> QuarkusTransaction.requiringNew().run(() -> DatasetRow.update("source = ?2, resolved = ?3, revision = ?4 where id = ?1 and source is null", id.value(), origin.source(), origin.resolved(),
                origin.revision().orElse(null))));
    }

    @Override
    public Path file(DatasetId id) {
        return data.folder("datasets").resolve(id.value());
    }

    @Override
    @Outlasting
    @Transactional
    public Optional<Profile> profile(DatasetId id) {
        return DatasetProfileRow.<DatasetProfileRow>findByIdOptional(id.value()).map(row -> Json.read(row.profile, Profile.class));
    }

    @Override
    @Outlasting
    @Transactional
    @LeaderOnly
    public void keepProfile(DatasetId id, Profile profile) {
        // One statement: two runs of the same data may come to it at once.
        DatasetProfileRow.getEntityManager().createNativeQuery("insert into dataset_profile (dataset, profile) values (:dataset, cast(:profile as jsonb)) on conflict (dataset) do nothing")
                .setParameter("dataset", id.value()).setParameter("profile", Json.write(profile)).executeUpdate();
    }
}
