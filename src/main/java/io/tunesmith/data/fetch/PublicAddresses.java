package io.tunesmith.data.fetch;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * The public internet by the special-purpose registries of IANA (RFC 6890 and its updates): IPv4 without the blocks below; IPv6 inside 2000::/3 without
 * them. Forms of IPv6 that carry an IPv4 address are as public as that one, where a gateway translates them (NAT64), and refused where tunnels do.
 */
final class PublicAddresses {
    private static final List<Block> IPV4 = List.of(block("0.0.0.0", 8), block("10.0.0.0", 8), block("100.64.0.0", 10), block("127.0.0.0", 8), block("169.254.0.0", 16), block("172.16.0.0", 12), block("192.0.0.0", 24),
            block("192.0.2.0", 24), block("192.88.99.0", 24), block("192.168.0.0", 16), block("198.18.0.0", 15), block("198.51.100.0", 24), block("203.0.113.0", 24), block("224.0.0.0", 4), block("240.0.0.0", 4),
            // Azure's machine agent answers on a public address.
            block("168.63.129.16", 32));
    private static final Block GLOBAL = block("2000::", 3);
    /** Protocol assignments with Teredo and benchmarks, documentation, 6to4, documentation. */
    private static final List<Block> IPV6 = List.of(block("2001::", 23), block("2001:db8::", 32), block("2002::", 16), block("3fff::", 20));
    private static final Block NAT64 = block("64:ff9b::", 96);
    private static final byte[] ISATAP = {0, 0, 0x5e, (byte) 0xfe};

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    /** @param bytes 4 or 16 of them, the most significant first */
    static boolean contains(byte[] bytes) {
        if (bytes.length == 4) {
            return IPV4.stream().noneMatch(block -> block.contains(bytes));
        }
        if (NAT64.contains(bytes)) {
            return contains(last(bytes));
        }
        return GLOBAL.contains(bytes) && IPV6.stream().noneMatch(block -> block.contains(bytes)) && (!tunnel(bytes) || contains(last(bytes)));
    }

    private static boolean tunnel(byte[] bytes) {
        return (bytes[8] & ~2) == ISATAP[0] && Arrays.equals(bytes, 9, 12, ISATAP, 1, 4);
    }

    private static byte[] last(byte[] bytes) {
        return Arrays.copyOfRange(bytes, 12, 16);
    }

    private static Block block(String literal, int bits) {
        return new Block(InetAddress.ofLiteral(literal).getAddress(), bits);
    }

    private record Block(byte[] prefix, int bits) {
        boolean contains(byte[] address) {
            int whole = bits / 8;
            int mask = 0xff00 >> (bits % 8) & 0xff;
            return Arrays.equals(prefix, 0, whole, address, 0, whole) && (mask == 0 || ((prefix[whole] ^ address[whole]) & mask) == 0);
        }
    }
}
