package io.tunesmith.data.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The one place where names become addresses. The client connects to what comes out of here and asks nobody else, so a name that means something else
 * a moment later changes nothing. A name with one forbidden address among others is refused whole. Thread-safe.
 */
final class CheckedResolver implements DnsResolver {
    private final AddressPolicy policy;
    private final Lookup lookup;

    CheckedResolver(AddressPolicy policy, Lookup lookup) {
        this.policy = policy;
        this.lookup = lookup;
    }

    /** All addresses of a name. */
    @FunctionalInterface
    public interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = lookup.all(host);
        if (found.length == 0 || !Stream.of(found).allMatch(policy::allows)) {
            throw new Forbidden(host);
        }
        return found;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** Does not say which address: names of an inner network are not for strangers. */
    static final class Forbidden extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Forbidden(String host) {
            super(host);
        }
    }
}
