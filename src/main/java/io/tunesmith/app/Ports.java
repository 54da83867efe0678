package io.tunesmith.app;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;

/** Chooses the port: the one asked for or none; else the one of the service before; else 7070 if it is free; else any. */
final class Ports {
    static final int PREFERRED = 7070;

    private Ports() {}

    /** @param before the port of the service that was here before: its workers still report there */
    static int choose(InetAddress address, Optional<Integer> asked, Optional<Integer> before) {
        if (asked.isPresent()) {
            return free(address, asked.get()).orElseThrow(() -> taken(asked.get()));
        }
        OptionalInt same = before.map(port -> free(address, port)).orElse(OptionalInt.empty());
        if (same.isPresent()) {
            return same.getAsInt();
        }
        OptionalInt preferred = free(address, PREFERRED);
        return preferred.isPresent() ? preferred.getAsInt() : free(address, 0).orElseThrow(() -> taken(0));
    }

    static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "--host", "\"" + host + "\" is no address of this machine").allowed("127.0.0.1, 0.0.0.0, …").asException();
        }
    }

    private static OptionalInt free(InetAddress address, int port) {
        if (port < 0 || port > 65535) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "--port", port + " is no port").allowed("0 to 65535").asException();
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return OptionalInt.of(socket.getLocalPort());
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    private static RuntimeException taken(int port) {
        return Failure.BadRequest.of(FailureCode.ENVIRONMENT, "--port", "port " + port + " is taken")
                .hint("name another, 0 for any free one, or leave --port out").asException();
    }
}
