package io.tunesmith.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.data.DataFetcher.Fetched;
import io.tunesmith.data.DataReference;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against S3Proxy, which speaks S3 and checks signatures, on a folder. */
@Timeout(120)
class S3TransferIT {
    @TempDir
    Path folder;
    private Path inbox;
    private BlobStoreContext context;
    private S3Proxy server;

    @BeforeEach
    void start() throws Exception {
        inbox = Files.createDirectory(folder.resolve("inbox"));
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", Files.createDirectory(folder.resolve("blobs")).toString());
        context = ContextBuilder.newBuilder("filesystem").credentials("x", "x").overrides(properties).build(BlobStoreContext.class);
        BlobStore store = context.getBlobStore();
        store.createContainerInLocation(null, "bucket");
        store.putBlob("bucket", store.blobBuilder("dir/a b.csv").payload("a,b\n1,2\n").build());
        store.putBlob("bucket", store.blobBuilder("large.csv").payload("x".repeat(2000)).build());
        server = S3Proxy.builder().blobStore(store).endpoint(URI.create("http://127.0.0.1:0")).awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "access", "secret").build();
        server.start();
        while (!server.getState().equals("STARTED")) {
            Thread.sleep(20);
        }
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        context.close();
    }

    private Fetched get(String reference, Optional<S3Settings.Access> access) {
        S3Settings settings = new S3Settings(Optional.of(URI.create("http://127.0.0.1:" + server.getPort())), "us-east-1", access);
        Caps caps = new Caps(1000, Duration.ofSeconds(30), Duration.ofSeconds(5), 1, 4, 2);
        return new S3Transfer(settings, new CheckedResolver(AddressPolicy.publicOnly(), InetAddress::getAllByName), caps, new Inbox(inbox)).get((DataReference.S3) DataReference.of(reference));
    }

    private static Optional<S3Settings.Access> key(String secret) {
        return Optional.of(new S3Settings.Access("access", secret));
    }

    private void refused(String reference, Optional<S3Settings.Access> access, FailureCode code) throws Exception {
        assertThatThrownBy(() -> get(reference, access)).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(code));
        try (var left = Files.list(inbox)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void anObjectComesWithItsRevision() {
        Fetched fetched = get("s3://bucket/dir/a b.csv", key("secret"));

        assertThat(fetched.file()).hasContent("a,b\n1,2\n");
        assertThat(fetched.name()).isEqualTo("a b.csv");
        assertThat(fetched.origin().revision()).isPresent();
    }

    @Test
    void whatIsAbsentForbiddenOrTooLargeIsTold() throws Exception {
        refused("s3://bucket/none.csv", key("secret"), FailureCode.NOT_FOUND);
        refused("s3://nobucket/none.csv", key("secret"), FailureCode.NOT_FOUND);
        refused("s3://bucket/large.csv", key("secret"), FailureCode.TOO_LARGE);
        refused("s3://bucket/dir/a b.csv", key("wrong"), FailureCode.DATA_UNREADABLE);
        refused("s3://bucket/dir/a b.csv", Optional.empty(), FailureCode.DATA_UNREADABLE);
    }
}
