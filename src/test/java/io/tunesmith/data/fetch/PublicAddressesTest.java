package io.tunesmith.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "100.100.100.200", "127.0.0.1", "127.255.255.254", "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255",
        "192.0.0.8", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "168.63.129.16",
        "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::10.1.2.3", "64:ff9b::a9fe:a9fe", "64:ff9b:1::8.8.8.8", "100::1",
        "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd00::1", "fd00:ec2::254",
        "fe80::1", "fe80::5efe:a00:1", "febf::1", "fec0::1", "ff02::1", "ff0e::1", "4000::1", "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:127.0.0.1"})
    void isNotPublic(String literal) {
        assertThat(AddressPolicy.publicOnly().allows(InetAddress.ofLiteral(literal))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888", "2001:200::1", "2003::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2606:4700::5efe:8.8.8.8"})
    void isPublic(String literal) {
        assertThat(AddressPolicy.publicOnly().allows(InetAddress.ofLiteral(literal))).isTrue();
    }

    @Test
    void aMappedAddressIsNotPublicEvenAsSixteenBytes() {
        assertThat(PublicAddresses.contains(HexFormat.of().parseHex("00000000000000000000ffff08080808"))).isFalse();
    }

    /** Whatever the machine's own reader makes of such a host, it is not connected to. */
    @ParameterizedTest
    @ValueSource(strings = {"127.1", "2130706433", "127.0.1", "localhost", "0", "::1", "[::1]"})
    void hostsThatMeanThisMachineAreForbidden(String host) {
        assertThatThrownBy(() -> new CheckedResolver(AddressPolicy.publicOnly(), InetAddress::getAllByName).resolve(host)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void aNameWithOneForbiddenAddressIsForbiddenWhole() {
        CheckedResolver resolver = new CheckedResolver(AddressPolicy.publicOnly(), _ -> new InetAddress[] {InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("10.0.0.1")});

        assertThatThrownBy(() -> resolver.resolve("both.example")).isInstanceOf(CheckedResolver.Forbidden.class);
    }

    @Test
    void aNameThatMeansSomethingElseNextTimeIsCheckedEachTime() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CheckedResolver resolver = new CheckedResolver(AddressPolicy.publicOnly(), _ -> new InetAddress[] {InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "8.8.8.8" : "127.0.0.1")});

        assertThat(resolver.resolve("rebinding.example")).containsExactly(InetAddress.ofLiteral("8.8.8.8"));
        assertThatThrownBy(() -> resolver.resolve("rebinding.example")).isInstanceOf(CheckedResolver.Forbidden.class);
    }
}
