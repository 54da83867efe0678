package io.tunesmith.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;

/**
 * S3Proxy as a process: it speaks S3, checks signatures, and keeps objects in a folder. It listens on loopback, on a port that the machine chooses. Where it
 * cannot be installed, tests that need it are skipped, and the test command says so at its end.
 */
public final class S3Server implements AutoCloseable {
    public static final String ID = "access-of-the-test";
    public static final String SECRET = "secret-word-of-the-test";
    private static final Path LAB = Path.of("src/test/labs/s3").toAbsolutePath();
    private static final Pattern STARTED = Pattern.compile("Started ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");
    private static final int START_SECONDS = 60;
    private final Process process;
    private final Path log;
    private final URI endpoint;
    private final S3Client client;

    /** @param folder for its objects and its log */
    public S3Server(Path folder) throws Exception {
        Path lib = installed().resolve("lib");
        assumeTrue(Files.isDirectory(lib), "the S3 server is not here");
        log = folder.resolve("s3.log");
        Path settings = Files.writeString(folder.resolve("s3.conf"), """
                s3proxy.endpoint=http://127.0.0.1:0
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                jclouds.identity=x
                jclouds.credential=x
                """.formatted(ID, SECRET, Files.createDirectory(folder.resolve("blobs"))));
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-Dlogback.configurationFile=" + LAB.resolve("logback.xml"),
                "-cp", lib + "/*", "org.gaul.s3proxy.Main", "--properties", settings.toString()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        endpoint = URI.create("http://127.0.0.1:" + port());
        client = S3Client.builder().endpointOverride(endpoint).forcePathStyle(true).region(Region.US_EAST_1).httpClientBuilder(Apache5HttpClient.builder())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED).serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, SECRET))).build();
    }

    private int port() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            Matcher started = STARTED.matcher(Files.readString(log));
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new AssertionError("S3Proxy does not start:\n" + Files.readString(log));
            }
            Thread.sleep(20);
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /** The key that opens everything. */
    public static Optional<S3Settings.Access> access() {
        return Optional.of(new S3Settings.Access(ID, SECRET));
    }

    public void bucket(String name) {
        client.createBucket(request -> request.bucket(name));
    }

    /** @return the ETag, without quotes */
    public String put(String bucket, String key, byte[] content) {
        return put(bucket, key, content, ObjectCannedACL.PRIVATE);
    }

    /** An object that everyone may read. */
    public void open(String bucket, String key, byte[] content) {
        put(bucket, key, content, ObjectCannedACL.PUBLIC_READ);
    }

    private String put(String bucket, String key, byte[] content, ObjectCannedACL readers) {
        return client.putObject(request -> request.bucket(bucket).key(key).acl(readers), RequestBody.fromBytes(content)).eTag().replace("\"", "");
    }

    private static Path installed() throws IOException, InterruptedException {
        Process install = new ProcessBuilder("sh", LAB.resolve("install.sh").toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        install.getOutputStream().close();
        String folder = new String(install.getInputStream().readAllBytes()).strip();
        assertThat(install.waitFor()).isZero();
        return Path.of(folder);
    }

    @Override
    public void close() throws InterruptedException {
        client.close();
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
