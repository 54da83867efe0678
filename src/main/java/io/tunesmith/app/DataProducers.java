package io.tunesmith.app;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FileId;
import io.tunesmith.data.fetch.AddressPolicy;
import io.tunesmith.data.fetch.Archives;
import io.tunesmith.data.fetch.Caps;
import io.tunesmith.data.fetch.Inbox;
import io.tunesmith.data.fetch.OutsideData;
import io.tunesmith.data.fetch.S3Settings;
import io.tunesmith.postgres.DataFolder;
import io.tunesmith.run.DatasetStore;
import io.tunesmith.run.FileService;
import io.tunesmith.run.References;
import io.tunesmith.run.UploadedFiles;
import io.tunesmith.run.Usage;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Builds what brings data in. */
@Singleton
final class DataProducers {

    @Produces
    @Singleton
    OutsideData outside(DataConfig config, DataFolder data) throws NoSuchAlgorithmException {
        OutsideData.Settings settings = new OutsideData.Settings(config.roots().orElse(List.of()), s3(config.s3()), OutsideData.HUB, config.hub().token());
        return new OutsideData(settings, AddressPolicy.publicOnly(), SSLContext.getDefault(), Caps.USUAL, new Inbox(data.folder("inbox")));
    }

    @Produces
    @Singleton
    References references(DatasetStore store, OutsideData outside, FileService files, DataFolder data, Usage usage) {
        UploadedFiles uploads = (id, caller) -> files.as(caller).find(new FileId(id)).map(file -> new UploadedFiles.Uploaded(file.name(), files.as(caller).path(file.id())));
        return new References(store, outside, uploads, new Archives(new Inbox(data.folder("inbox")), Caps.USUAL.bytes()), data.folder("inbox"), usage);
    }

    private static S3Settings s3(DataConfig.S3 config) {
        if (config.accessKey().isPresent() != config.secret().isPresent()) {
            throw Failure.BadRequest.of(FailureCode.ENVIRONMENT, "tunesmith.data.s3", "access-key and secret come together").allowed("both, or none").asException();
        }
        return new S3Settings(config.endpoint(), config.region(), config.accessKey().map(id -> new S3Settings.Access(id, config.secret().orElseThrow())));
    }
}
