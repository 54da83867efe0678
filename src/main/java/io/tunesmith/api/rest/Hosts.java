package io.tunesmith.api.rest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The host names under which this service answers: loopback's, and those that the operator named. Compared whole, never by prefix. */
public record Hosts(Set<String> names) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    public Hosts {
        names = Stream.concat(LOOPBACK.stream(), names.stream().map(name -> name.toLowerCase(Locale.ROOT))).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the host part of a Host header is ours; any port, since a container's may be mapped. */
    boolean own(String host) {
        return host != null && names.contains(host.toLowerCase(Locale.ROOT));
    }

    /** Whether a page of this origin is one of ours: an http(s) origin on one of our names; {@code null} is not. */
    boolean ownOrigin(String origin) {
        try {
            URI uri = new URI(origin);
            boolean bare = uri.getRawUserInfo() == null && "".equals(uri.getRawPath()) && uri.getRawQuery() == null && uri.getRawFragment() == null;
            return bare && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && own(uri.getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
