package io.tunesmith.data.fetch;

import io.tunesmith.data.DataFetcher;
import io.tunesmith.data.DataReference;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** Every way in from outside. Thread-safe: counts transfers in a semaphore and, by owner, in a concurrent map whose updates are atomic. */
public final class OutsideData implements DataFetcher {
    public static final URI HUB = URI.create("https://huggingface.co");
    private final Caps caps;
    private final Settings settings;
    private final HttpsTransfer https;
    private final S3Transfer s3;
    private final LocalRoots roots;
    private final Semaphore places;
    private final ConcurrentHashMap<String, Integer> byOwner = new ConcurrentHashMap<>();

    /** @param hubToken sent to the hub's own host only */
    public record Settings(List<Path> roots, S3Settings s3, URI hub, Optional<String> hubToken) {}

    /** @param trust whose certificates are believed; the machine's own: {@code SSLContext.getDefault()} */
    public OutsideData(Settings settings, AddressPolicy policy, SSLContext trust, Caps caps, Inbox inbox) {
        CheckedResolver resolver = new CheckedResolver(policy, InetAddress::getAllByName);
        this.caps = caps;
        this.settings = settings;
        this.https = new HttpsTransfer(resolver, trust, caps, inbox);
        this.s3 = new S3Transfer(settings.s3(), resolver, caps, inbox);
        this.roots = new LocalRoots(settings.roots(), caps, inbox);
        this.places = new Semaphore(caps.atOnce());
    }

    @Override
    public Fetched fetch(DataReference.Outside reference, String owner) {
        if (byOwner.merge(owner, 1, Integer::sum) > caps.ofOwner()) {
            leave(owner);
            throw Refusals.tooMany(" of yours");
        }
        try {
            return withPlace(reference);
        } finally {
            leave(owner);
        }
    }

    private void leave(String owner) {
        byOwner.computeIfPresent(owner, (_, count) -> count == 1 ? null : count - 1);
    }

    private Fetched withPlace(DataReference.Outside reference) {
        if (!places.tryAcquire()) {
            throw Refusals.tooMany("");
        }
        try {
            return switch (reference) {
                case DataReference.Local local -> roots.get(local);
                case DataReference.Https web -> web(web);
                case DataReference.S3 object -> s3.get(object);
                case DataReference.HuggingFace hub -> hub(hub);
            };
        } finally {
            places.release();
        }
    }

    private Fetched web(DataReference.Https reference) {
        HttpsTransfer.Got got = https.get(reference.uri(), Map.of(), reference.shown());
        return new Fetched(got.file(), reference.name(), new Origin(reference.shown(), withoutQuery(got.last()), tag(got)));
    }

    /** The hub says in its first answer which commit a branch or tag stands for. */
    private Fetched hub(DataReference.HuggingFace reference) {
        String path = Stream.of(reference.path().split("/")).map(step -> URLEncoder.encode(step, StandardCharsets.UTF_8).replace("+", "%20")).collect(Collectors.joining("/"));
        String data = "/datasets/" + reference.organisation() + "/" + reference.dataset() + "/resolve/";
        Map<String, String> token = settings.hubToken().map(value -> Map.of("Authorization", "Bearer " + value)).orElse(Map.of());
        HttpsTransfer.Got got = https.get(URI.create(settings.hub() + data + reference.revision() + "/" + path), token, reference.shown());
        Optional<String> commit = Optional.ofNullable(got.first().get("x-repo-commit")).filter(value -> value.matches("[0-9a-f]{7,64}"));
        return new Fetched(got.file(), reference.name(), new Origin(reference.shown(), settings.hub() + data + commit.orElse(reference.revision()) + "/" + path, commit));
    }

    private static String withoutQuery(URI uri) {
        return "https://" + uri.getRawAuthority() + uri.getRawPath();
    }

    private static Optional<String> tag(HttpsTransfer.Got got) {
        return Optional.ofNullable(got.first().get("etag")).filter(value -> value.length() <= 200);
    }
}
