package dev.storescope.engine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdTest {
    @Test
    void shouldBeTheStoreHostAndThePhysicalOffsetInUpperCaseHex() {
        assertThat(MessageId.of(HostAddress.of("10.0.0.200", 10911), 0x12_3456_789A_BCDEL))
                .isEqualTo("0A0000C8" + "00002A9F" + "00123456789ABCDE");
        assertThat(MessageId.of(HostAddress.of("fe80::1", 10911), 1))
                .isEqualTo("FE800000000000000000000000000001" + "00002A9F" + "0000000000000001")
                .hasSize(56);
    }

    @Test
    void shouldJoinTheIdsOfABatchByCommas() {
        // given
        HostAddress host = HostAddress.of("127.0.0.1", 10911);
        AppendMessageResult batch = new AppendMessageResult(AppendMessageStatus.PUT_OK, 100, 300, 3, 7, 1, host,
                new long[] {100, 200, 300});

        // then
        assertThat(batch.messageId()).isEqualTo(
                MessageId.of(host, 100) + "," + MessageId.of(host, 200) + "," + MessageId.of(host, 300));
        assertThat(batch.nextOffset()).isEqualTo(400);
        assertThat(AppendMessageResult.single(100, 50, 7, 1, host).messageId()).isEqualTo(MessageId.of(host, 100));
    }

    @Test
    void shouldStayWhateverIsDoneToTheOffsetsThatItWasMadeOfOrGave() {
        // given
        HostAddress host = HostAddress.of("127.0.0.1", 10911);
        long[] offsets = {100, 200};
        AppendMessageResult batch = new AppendMessageResult(AppendMessageStatus.PUT_OK, 100, 200, 2, 7, 1, host,
                offsets);

        // when
        offsets[0] = 1;
        batch.batchOffsets()[1] = 2;

        // then
        assertThat(batch.batchOffsets()).containsExactly(100, 200);
        assertThat(batch.messageId()).isEqualTo(MessageId.of(host, 100) + "," + MessageId.of(host, 200));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldBeReadBack(long seed) {
        // given
        Random random = new Random(seed);
        byte[] address = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(address);
        MessageId id = new MessageId(HostAddress.of(address, random.nextInt()), random.nextLong());

        // then
        assertThat(MessageId.parse(id.toString())).as("seed %d", seed).isEqualTo(id);
        assertThat(MessageId.parse(id.toString().toLowerCase())).as("seed %d", seed).isEqualTo(id);
    }

    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0A0000C8", "0A0000C800002A9F00123456789ABCD", "0A0000C800002A9F00123456789ABCDE0"})
    void shouldBeOf32Or56Digits(String text) {
        assertThatThrownBy(() -> MessageId.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("message id: expected 32 or 56 hex digits, found " + text.length() + " characters");
    }

    @Test
    void shouldBeOfHexDigitsOnly() {
        assertThatThrownBy(() -> MessageId.parse("Z".repeat(32))).isInstanceOf(IllegalArgumentException.class);
    }
}
