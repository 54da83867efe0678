package io.tunesmith.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.FailureException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortsTest {
    private final InetAddress loopback = InetAddress.getLoopbackAddress();

    @Test
    void aPortThatIsTakenIsRefusedByName() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, loopback)) {
            assertThatThrownBy(() -> Ports.choose(loopback, Optional.of(taken.getLocalPort()), Optional.empty())).isInstanceOf(FailureException.class).hasMessageContaining(taken.getLocalPort() + " is taken");
        }
        assertThatThrownBy(() -> Ports.choose(loopback, Optional.of(65536), Optional.empty())).isInstanceOf(FailureException.class).hasMessageContaining("65536");
    }

    @Test
    void zeroIsAnyFreePortAndNothingIsOneToo() {
        assertThat(Ports.choose(loopback, Optional.of(0), Optional.empty())).isPositive();
        assertThat(Ports.choose(loopback, Optional.empty(), Optional.empty())).isPositive();
    }
}
