package dev.storescope.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.HostAddress;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.PutMessageResult;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Known messages, byte for byte as `format.md` §2 draws their records.
class RecordBytesTest {
    private static final int FILLER_BYTES = 0x1000;
    /// 2025-01-01T00:00:00Z, when the manual world begins.
    private static final String STORE_TIMESTAMP = "00000194 1F297C00";

    @Test
    void shouldWriteARecordOfVersionOneAsTheFormatDrawsIt() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.put(ManualLog.message("TopicTest", 3).body(new byte[FILLER_BYTES - 91 - 9]));

        // when
        PutMessageResult result = log.put(new MessageExtBrokerInner().topic("TopicTest")
                .queueId(3)
                .flag(0x01020304)
                .sysFlag(0xA)
                .bornTimestamp(0x0000018C_00000001L)
                .bornHost(HostAddress.of("10.1.2.3", 0x1234))
                .storeHost(HostAddress.of("192.168.0.1", 10911))
                .reconsumeTimes(2)
                .preparedTransactionOffset(5)
                .body("123456789".getBytes(StandardCharsets.US_ASCII))
                .propertiesString("TAGS\u0001TagA\u0002"));

        // then
        assertThat(bytes(log, result)).isEqualTo(hex("""
                00000077                            size: 91 + 9 + 9 + 10
                DAA320A7                            magic of version 1
                4BF43926                            CRC-32 of the body is CBF43926; without its sign bit
                00000003                            queue id
                01020304                            flag
                00000000 00000001                   queue offset: the second message
                00000000 00001000                   physical offset
                0000000A                            sysFlag: many tags, commit
                0000018C 00000001                   born timestamp
                0A010203 00001234                   born host
                %s                                  store timestamp
                C0A80001 00002A9F                   store host
                00000002                            reconsume times
                00000000 00000005                   prepared transaction offset
                00000009 31323334 35363738 39       body
                09 546F7069 63546573 74             topic
                000A 54414753 01 54616741 02        properties
                """.formatted(STORE_TIMESTAMP)));
        assertThat(result.append().messageId()).isEqualTo("C0A8000100002A9F0000000000001000");
    }

    @Test
    void shouldWriteARecordOfVersionTwoWithIpv6HostsAsTheFormatDrawsIt() throws IOException {
        // given
        ManualLog log = ManualLog.open();

        // when
        PutMessageResult result = log.put(new MessageExtBrokerInner().topic("t".repeat(128))
                .sysFlag(0x10)
                .bornHost(HostAddress.of("fe80::1", 1))
                .storeHost(HostAddress.of("2001:db8::1", 2)));

        // then
        assertThat(bytes(log, result)).isEqualTo(hex("""
                000000F4                            size: 91 + 128 + 24 + 1
                DAA320AB                            magic of version 2
                00000000                            CRC of an empty body
                00000000 00000000                   queue id, flag
                00000000 00000000 00000000 00000000  queue offset, physical offset
                00000030                            sysFlag: both hosts are IPv6
                00000000 00000000                   born timestamp
                FE800000 00000000 00000000 00000001 00000001
                %s                                  store timestamp
                20010DB8 00000000 00000000 00000001 00000002
                00000000                            reconsume times
                00000000 00000000                   prepared transaction offset
                00000000                            body
                0080 %s                             topic
                0000                                properties
                """.formatted(STORE_TIMESTAMP, "74".repeat(128))));
    }

    @Test
    void shouldClearTheBitsOfIpv6WhereHostsAreNot() throws IOException {
        // given
        ManualLog log = ManualLog.open();

        // when
        PutMessageResult result = log.put(ManualLog.message("t", 0).sysFlag(0x31));

        // then
        assertThat(log.scan().getFirst().sysFlag()).isEqualTo(1);
        assertThat(result.append().wroteBytes()).isEqualTo(91 + 1 + 10);
    }

    @Test
    void shouldWriteABlankOfItsSizeAndMagic() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.put(ManualLog.messageOfRecordBytes((int) ManualLog.FILE_BYTES - 200));

        // when
        log.put(ManualLog.messageOfRecordBytes(193));

        // then
        byte[] blank = log.files.files()
                .getFirst()
                .mapping()
                .asSlice(ManualLog.FILE_BYTES - 200)
                .toArray(ValueLayout.JAVA_BYTE);
        assertThat(blank).isEqualTo(hex("000000C8 CBD43194" + "00".repeat(192)));
    }

    private static byte[] bytes(ManualLog log, PutMessageResult result) {
        return log.files.files()
                .getFirst()
                .mapping()
                .asSlice(result.append().wroteOffset(), result.append().wroteBytes())
                .toArray(ValueLayout.JAVA_BYTE);
    }

    /// Upper-case hex in groups; what follows two blanks or more is a comment.
    private static byte[] hex(String text) {
        StringBuilder digits = new StringBuilder();
        text.lines().forEach(line -> digits.append(line.split(" {2,}")[0].replace(" ", "")));
        return HexFormat.of().parseHex(digits);
    }
}
