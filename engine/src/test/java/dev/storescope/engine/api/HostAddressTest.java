package dev.storescope.engine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAddressTest {
    @Test
    void shouldHoldIpv4AddressAndPortAsRecordsDo() {
        // given
        HostAddress host = HostAddress.of("10.0.0.200", 10911);

        // then
        assertThat(host.isIpv6()).isFalse();
        assertThat(host.sizeBytes()).isEqualTo(8);
        assertThat(encoded(host)).isEqualTo("0a0000c800002a9f");
        assertThat(host.ip()).isEqualTo("10.0.0.200");
        assertThat(host.port()).isEqualTo(10911);
        assertThat(host).hasToString("10.0.0.200:10911");
    }

    @Test
    void shouldHoldIpv6AddressAndPortAsRecordsDo() {
        // given
        HostAddress host = HostAddress.of("fe80::1", 65535);

        // then
        assertThat(host.isIpv6()).isTrue();
        assertThat(host.sizeBytes()).isEqualTo(20);
        assertThat(encoded(host)).isEqualTo("fe80000000000000000000000000000" + "10000ffff");
        assertThat(host.port()).isEqualTo(65535);
        assertThat(host).hasToString("[fe80:0:0:0:0:0:0:1]:65535");
    }

    @Test
    void shouldEqualByAddressAndPort() {
        // given
        HostAddress host = HostAddress.of("127.0.0.1", 9);

        // then
        assertThat(host).isEqualTo(HostAddress.of(new InetSocketAddress("127.0.0.1", 9)))
                .isEqualTo(HostAddress.of(new byte[] {127, 0, 0, 1}, 9))
                .hasSameHashCodeAs(HostAddress.of(new byte[] {127, 0, 0, 1}, 9))
                .isNotEqualTo(HostAddress.of("127.0.0.1", 8))
                .isNotEqualTo(HostAddress.of("127.0.0.2", 9))
                .isNotEqualTo(HostAddress.of("::1", 9));
    }

    @Test
    void shouldKeepAPortThatOthersWroteWhateverItIs() {
        assertThat(HostAddress.of(new byte[4], -1).port()).isEqualTo(-1);
        assertThat(HostAddress.of(new byte[16], Integer.MAX_VALUE).port()).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 15, 17})
    void shouldTakeNoOtherNumberOfAddressBytes(int bytes) {
        assertThatThrownBy(() -> HostAddress.of(new byte[bytes], 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("host address: expected 4 or 16 address bytes, found " + bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "example.com", "", "10.0.0.256"})
    void shouldLookUpNoNames(String name) {
        assertThatThrownBy(() -> HostAddress.of(name, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTakeNoUnresolvedAddress() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("broker", 10911);
        assertThatThrownBy(() -> HostAddress.of(unresolved)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a resolved address, found broker");
    }

    private static String encoded(HostAddress host) {
        byte[] bytes = new byte[host.sizeBytes() + 2];
        host.copyTo(bytes, 1);
        assertThat(bytes[0]).isZero();
        assertThat(bytes[bytes.length - 1]).isZero();
        return HexFormat.of().formatHex(bytes, 1, bytes.length - 1);
    }
}
