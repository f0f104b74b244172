package dev.storescope.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.testing.RandomMessages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is put is read back, field for field, through the log's own append.
class RecordRoundTripTest {
    private static final int MESSAGES = 250;

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldReadBackWhatWasPut(long seed) throws IOException {
        roundTrip(seed, ManualLog.config());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldReadBackWhatWasPutThroughAWriteBuffer(long seed) throws IOException {
        roundTrip(seed, ManualLog.configWithPool());
    }

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    private static void roundTrip(long seed, MessageStoreConfig.Builder config) throws IOException {
        // given
        ManualLog log = ManualLog.open(config);
        RandomMessages messages = new RandomMessages(seed, 3_000);
        List<Expected> expected = new ArrayList<>();
        Map<String, Long> queueOffsets = new HashMap<>();

        // when
        for (int i = 0; i < MESSAGES; i++) {
            log.environment.clock().advance(Duration.ofMillis(1));
            MessageExtBrokerInner message = messages.next();
            PutMessageResult result = log.put(message);
            assertThat(result.status()).as("seed %d, message %d", seed, i).isEqualTo(PutMessageStatus.PUT_OK);
            String queue = message.topic() + " " + message.queueId();
            boolean enters = SysFlag.entersQueue(message.sysFlag());
            long queueOffset = enters ? queueOffsets.merge(queue, 1L, Long::sum) - 1 : 0;
            expected.add(new Expected(message, result, queueOffset, log.environment.currentTimeMillis()));
            if (i % 16 == 0) {
                log.commitAll();
            }
        }
        log.commitAll();

        // then
        List<MessageExt> stored = log.scan();
        assertThat(stored).hasSize(MESSAGES);
        for (int i = 0; i < MESSAGES; i++) {
            expected.get(i).check("seed %d, message %d".formatted(seed, i), stored.get(i));
        }
        assertThat(log.log.wroteOffset()).isEqualTo(expected.getLast().result().append().nextOffset());
        queueOffsets.forEach((queue, next) -> assertThat(log.log.queueOffsets()
                .next(queue.substring(0, queue.lastIndexOf(' ')),
                        Integer.parseInt(queue.substring(queue.lastIndexOf(' ') + 1))))
                                .as("seed %d, next offset of %s", seed, queue)
                                .isEqualTo(next));
    }

    @Test
    void shouldReadBackTheLargestThatIsLegal() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.config().set("mappedFileSizeCommitLog", "8M"));
        byte[] body = new byte[4 << 20];
        body[body.length - 1] = 7;
        String value = "v".repeat(32_767 - 3);
        MessageExtBrokerInner message = new MessageExtBrokerInner().topic("t".repeat(255))
                .body(body)
                .propertiesString("p\u0001" + value + "\u0002");

        // when
        PutMessageResult result = log.put(message);

        // then
        assertThat(result.status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.scan()).hasSize(1);
        new Expected(message, result, 0, log.environment.currentTimeMillis()).check("largest", log.scan().getFirst());
    }

    @Test
    void shouldReadBackTheSmallestThatIsLegal() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        MessageExtBrokerInner message = new MessageExtBrokerInner().topic("t");

        // when
        PutMessageResult result = log.put(message);

        // then
        assertThat(result.append().wroteBytes()).isEqualTo(92);
        new Expected(message, result, 0, log.environment.currentTimeMillis()).check("smallest",
                log.scan().getFirst());
    }

    @Test
    void shouldNotMixUpWhatOneMessageObjectHeldOneAfterTheOther() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        MessageExtBrokerInner reused = new MessageExtBrokerInner();
        byte[] body = new byte[100];

        // when
        for (int i = 0; i < 10; i++) {
            Arrays.fill(body, (byte) i);
            log.put(reused.topic("topic-" + "x".repeat(i))
                    .queueId(i)
                    .body(body, 100 - 10 * i)
                    .propertiesString("n\u0001" + "y".repeat(10 - i) + "\u0002"));
        }

        // then
        List<MessageExt> stored = log.scan();
        for (int i = 0; i < 10; i++) {
            MessageExt message = stored.get(i);
            assertThat(message.topic()).isEqualTo("topic-" + "x".repeat(i));
            assertThat(message.queueId()).isEqualTo(i);
            assertThat(message.body()).hasSize(100 - 10 * i).containsOnly(i);
            assertThat(message.property("n")).isEqualTo("y".repeat(10 - i));
        }
    }

    @Test
    void shouldKeepNoReferenceToTheBodyOfAMessage() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.config().set(StoreSetting.MAX_MESSAGE_SIZE, 20_000));
        byte[] body = new byte[100];
        MessageExtBrokerInner message = ManualLog.message("t", 0).body(body);
        log.put(message);

        // when the caller goes on with its array
        body[0] = 1;
        log.put(message);
        body[0] = 2;

        // then
        assertThat(log.scan()).extracting(stored -> stored.body()[0]).containsExactly((byte) 0, (byte) 1);
    }

    /// What must be read back.
    private record Expected(MessageExtBrokerInner message, PutMessageResult result, long queueOffset,
            long storeTimestamp) {
        void check(String which, MessageExt stored) {
            CRC32 crc = new CRC32();
            crc.update(message.body());
            MessageExt wanted = new MessageExt(result.append().wroteBytes(), stored.magic(),
                    (int) crc.getValue() & Integer.MAX_VALUE, message.queueId(), message.flag(), queueOffset,
                    result.append().wroteOffset(), sysFlag(), message.bornTimestamp(), message.bornHost(),
                    storeTimestamp, message.storeHost(), message.reconsumeTimes(),
                    message.preparedTransactionOffset(), stored.body(), message.topic(),
                    message.propertiesString());
            assertThat(stored).as(which).isEqualTo(wanted);
            assertThat(stored.body()).as(which).isEqualTo(message.body());
            int topicBytes = message.topic().getBytes(StandardCharsets.UTF_8).length;
            assertThat(stored.magic()).as(which)
                    .isEqualTo(topicBytes > 127 ? MessageLayout.MAGIC_V2 : MessageLayout.MAGIC_V1);
            assertThat(stored.messageId()).as(which).isEqualTo(result.append().messageId());
            assertThat(result.append().queueOffset()).as(which).isEqualTo(queueOffset);
            assertThat(result.append().storeTimestamp()).as(which).isEqualTo(storeTimestamp);
        }

        private int sysFlag() {
            return message.sysFlag() | (message.bornHost().isIpv6() ? SysFlag.BORN_HOST_IPV6 : 0)
                    | (message.storeHost().isIpv6() ? SysFlag.STORE_HOST_IPV6 : 0);
        }
    }
}
