package io.tunesmith.data.fetch;

import io.tunesmith.data.DataFetcher.Fetched;
import io.tunesmith.data.DataFetcher.Origin;
import io.tunesmith.data.DataReference;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Gets an object of S3 or of what speaks like it. Connects through the same checked resolver; only the endpoint that the operator named in the settings
 * may be anywhere, because the operator and no request chose it. Credentials come from the settings alone, never from files or the machine. Thread-safe.
 */
final class S3Transfer {
    private final S3Settings settings;
    private final CheckedResolver resolver;
    private final Caps caps;
    private final Inbox inbox;

    S3Transfer(S3Settings settings, CheckedResolver resolver, Caps caps, Inbox inbox) {
        this.settings = settings;
        this.resolver = settings.endpoint().isPresent() ? new CheckedResolver(_ -> true, InetAddress::getAllByName) : resolver;
        this.caps = caps;
        this.inbox = inbox;
    }

    Fetched get(DataReference.S3 reference) {
        try (S3Client client = client(); ResponseInputStream<GetObjectResponse> object = client.getObject(request -> request.bucket(reference.bucket()).key(reference.key()))) {
            GetObjectResponse head = object.response();
            boolean done = false;
            try {
                Inbox.checkSize(Optional.ofNullable(head.contentLength()).orElse(0L), caps.bytes());
                long begin = System.nanoTime();
                Path file = inbox.take(target -> inbox.copy(object, target, caps.bytes(), total -> checkPace(total, System.nanoTime() - begin, reference.shown())));
                done = true;
                return new Fetched(file, reference.name(), new Origin(reference.shown(), reference.shown(), revision(head)));
            } finally {
                if (!done) {
                    object.abort();
                }
            }
        } catch (S3Exception e) {
            throw e.statusCode() == 404 ? Refusals.absent(reference.shown()) : Refusals.unreadable(reference.shown(), "S3 answers " + e.statusCode());
        } catch (SdkException | IOException e) {
            throw forbidden(e) ? Refusals.forbiddenHost(reference.shown()) : Refusals.unreadable(reference.shown(), "the transfer failed");
        }
    }

    private static boolean forbidden(Throwable e) {
        return e instanceof CheckedResolver.Forbidden || e.getCause() != null && forbidden(e.getCause());
    }

    private void checkPace(long bytes, long nanos, String shown) {
        if (nanos > caps.time().toNanos() || nanos > caps.patience().toNanos() && bytes < caps.pace() * (nanos / 1e9)) {
            throw Refusals.tooSlow(shown);
        }
    }

    private static Optional<String> revision(GetObjectResponse head) {
        return Optional.ofNullable(head.versionId()).or(() -> Optional.ofNullable(head.eTag()).map(tag -> tag.replace("\"", "")));
    }

    private S3Client client() {
        S3ClientBuilder builder = S3Client.builder().region(Region.of(settings.region())).credentialsProvider(credentials()).forcePathStyle(settings.endpoint().isPresent())
                .overrideConfiguration(override -> override.defaultProfileFile(ProfileFile.aggregator().build()).apiCallAttemptTimeout(caps.time()).apiCallTimeout(caps.time()))
                .httpClientBuilder(Apache5HttpClient.builder().dnsResolver(resolver).connectionTimeout(caps.patience()).socketTimeout(caps.patience())
                        .proxyConfiguration(ProxyConfiguration.builder().useSystemPropertyValues(false).useEnvironmentVariableValues(false).build()));
        // Other servers than Amazon's may not know the headers of checksums, and refuse them.
        settings.endpoint().ifPresent(server -> builder.endpointOverride(server).requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED));
        return builder.build();
    }

    private AwsCredentialsProvider credentials() {
        return settings.access().<AwsCredentialsProvider>map(key -> StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret()))).orElseGet(AnonymousCredentialsProvider::create);
    }
}
