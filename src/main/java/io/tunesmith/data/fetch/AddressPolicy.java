package io.tunesmith.data.fetch;

import java.net.InetAddress;

/** Which addresses may be connected to. Handed to constructors only: no setting and no request can widen it. Thread-safe. */
@FunctionalInterface
public interface AddressPolicy {

    boolean allows(InetAddress address);

    /** Addresses of the public internet, and nothing else. */
    static AddressPolicy publicOnly() {
        return PublicAddresses::contains;
    }
}
