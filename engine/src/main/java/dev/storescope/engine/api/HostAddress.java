package dev.storescope.engine.api;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// An IP address and a port in the form in which records hold them: 4 or 16 address bytes, then the port as an int.
///
/// Kept apart from [InetSocketAddress], whose address bytes cannot be read without copying them.
public final class HostAddress {
    private final byte[] encoded;

    private HostAddress(byte[] encoded) {
        this.encoded = encoded;
    }

    /// @param address a resolved address
    public static HostAddress of(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            throw new IllegalArgumentException("host address: expected a resolved address, found " + address);
        }
        return of(ip.getAddress(), address.getPort());
    }

    /// @param address 4 or 16 bytes
    /// @param port 0 to 65,535 in what we write; any int in what others wrote
    public static HostAddress of(byte[] address, int port) {
        if (address.length != 4 && address.length != 16) {
            throw new IllegalArgumentException(
                    "host address: expected 4 or 16 address bytes, found " + address.length);
        }
        return new HostAddress(ByteBuffer.allocate(address.length + 4).put(address).putInt(port).array());
    }

    /// Parses a literal such as `10.0.0.1` or `::1`; no name is ever looked up.
    public static HostAddress of(String literal, int port) {
        return of(InetAddress.ofLiteral(literal).getAddress(), port);
    }

    public boolean isIpv6() {
        return encoded.length == 20;
    }

    /// 8 (IPv4) or 20 (IPv6).
    public int sizeBytes() {
        return encoded.length;
    }

    /// Copies the encoded form into `target` without allocating.
    public void copyTo(byte[] target, int position) {
        System.arraycopy(encoded, 0, target, position, encoded.length);
    }

    public int port() {
        return ByteBuffer.wrap(encoded).getInt(encoded.length - 4);
    }

    /// The address without the port, as text.
    public String ip() {
        try {
            return InetAddress.getByAddress(Arrays.copyOf(encoded, encoded.length - 4)).getHostAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are always an address", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostAddress host && Arrays.equals(encoded, host.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return (isIpv6() ? "[" + ip() + "]" : ip()) + ":" + port();
    }
}
