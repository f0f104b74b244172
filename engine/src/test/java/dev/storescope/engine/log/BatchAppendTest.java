package dev.storescope.engine.log;

import static dev.storescope.engine.log.ManualLog.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageId;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.probe.ProbePoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchAppendTest {
    private ManualLog log;

    @BeforeEach
    void setUp() throws IOException {
        log = ManualLog.open();
    }

    @Test
    void shouldAppendAllAtOnceWithConsecutiveOffsets() {
        // given
        log.put(message("t", 1));
        long from = log.log.wroteOffset();

        // when
        PutMessageResult result = log.put(batch(message("t", 1).body(new byte[1]).propertiesString("a\u00011\u0002"),
                message("t", 1).body(new byte[2]), message("t", 1).body(new byte[3])));

        // then
        assertThat(result.status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(result.append().messageCount()).isEqualTo(3);
        assertThat(result.append().queueOffset()).isEqualTo(1);
        assertThat(result.append().wroteOffset()).isEqualTo(from);
        assertThat(result.append().nextOffset()).isEqualTo(log.log.wroteOffset());
        assertThat(log.environment.probe().events(ProbePoint.LOCK_ACQUIRED)).hasSize(2);

        List<MessageExt> stored = log.scan().subList(1, 4);
        assertThat(stored).extracting(MessageExt::queueOffset).containsExactly(1L, 2L, 3L);
        assertThat(stored).extracting(message -> message.body().length).containsExactly(1, 2, 3);
        assertThat(stored).extracting(message -> message.property("a")).containsExactly("1", "", "");
        assertThat(stored).extracting(MessageExt::storeTimestamp).containsOnly(result.append().storeTimestamp());
        assertThat(result.append().batchOffsets())
                .containsExactly(stored.stream().mapToLong(MessageExt::commitLogOffset).toArray());
        assertThat(result.append().messageId().split(",")).containsExactly(stored.stream()
                .map(MessageExt::messageId)
                .toArray(String[]::new));
        assertThat(log.put(message("t", 1)).append().queueOffset()).isEqualTo(4);
    }

    @Test
    void shouldTakeABatchOfOne() {
        // when
        PutMessageResult result = log.put(batch(message("t", 0)));

        // then
        assertThat(result.append().messageCount()).isEqualTo(1);
        assertThat(result.append().messageId()).isEqualTo(MessageId.of(result.append().storeHost(), 0));
        assertThat(log.scan()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("illegal")
    void shouldStoreAllOrNothing(MessageExtBrokerInner illegal) {
        for (MessageExtBatch batch : List.of(batch(message("t", 0), illegal), batch(message("t", 0), message("t", 0),
                illegal, message("t", 0)))) {
            // when
            PutMessageResult result = log.put(batch);

            // then
            assertThat(result).isEqualTo(PutMessageResult.rejected(PutMessageStatus.MESSAGE_ILLEGAL));
            assertThat(log.log.wroteOffset()).isZero();
            assertThat(log.log.queueOffsets().next("t", 0)).isZero();
        }
        assertThat(log.put(batch(message("t", 0), message("t", 0))).isOk()).isTrue();
        assertThat(log.scan()).hasSize(2);
    }

    static Stream<MessageExtBrokerInner> illegal() {
        return Stream.of(message("other", 0), message("t", 1), message("t", 0).delayTimeLevel(1),
                message("t", 0).sysFlag(SysFlag.TRANSACTION_PREPARED),
                message("t", 0).sysFlag(SysFlag.TRANSACTION_COMMIT),
                message("t", 0).sysFlag(SysFlag.TRANSACTION_ROLLBACK), message("", 0), message("a/b", 0),
                message("t".repeat(256), 0));
    }

    @Test
    void shouldAnswerWithTheEarlierCheckWhicheverMemberFailsIt() throws IOException {
        // given
        log = ManualLog.open(ManualLog.config()
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 32 * 4096)
                .set(StoreSetting.MAX_MESSAGE_SIZE, 1_000));
        MessageExtBrokerInner tooManyProperties = message("t", 0).propertiesString("x".repeat(32_768));

        // then
        assertThat(log.put(batch(tooManyProperties, message("t", 0))).status())
                .isEqualTo(PutMessageStatus.PROPERTIES_SIZE_EXCEEDED);
        assertThat(log.put(batch(tooManyProperties, message("t", 1))).status())
                .isEqualTo(PutMessageStatus.MESSAGE_ILLEGAL);
        assertThat(log.put(batch(tooManyProperties, message("t", 0).body(new byte[1_000]))).status())
                .as("bodies that are too large together")
                .isEqualTo(PutMessageStatus.MESSAGE_ILLEGAL);
        assertThat(log.put(batch(tooManyProperties, tooManyProperties, tooManyProperties, tooManyProperties)).status())
                .as("records that fit no file together")
                .isEqualTo(PutMessageStatus.MESSAGE_ILLEGAL);
        assertThat(log.log.wroteOffset()).isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldNeverSpanTwoFiles(long seed) {
        // given
        Random random = new Random(seed);
        List<Integer> sizes = new ArrayList<>();

        // when
        for (int i = 0; i < 60; i++) {
            int count = 1 + random.nextInt(30);
            sizes.add(count);
            PutMessageResult result = log.put(new MessageExtBatch(IntStream.range(0, count)
                    .mapToObj(_ -> message("t", 0).body(new byte[random.nextInt(400)]))
                    .toList()));
            // then
            long from = result.append().wroteOffset();
            assertThat(from / ManualLog.FILE_BYTES).as("seed %d, batch %d", seed, i)
                    .isEqualTo((result.append().nextOffset() - 1) / ManualLog.FILE_BYTES);
        }
        assertThat(log.scan()).as("seed %d", seed)
                .extracting(MessageExt::queueOffset)
                .containsExactlyElementsOf(LongStream.range(0, sizes.stream().mapToInt(Integer::intValue).sum())
                        .boxed()
                        .toList());
        assertThat(log.files.files()).hasSizeGreaterThan(2);
    }

    static LongStream seeds() {
        return LongStream.range(0, 10);
    }

    @Test
    void shouldNotLeaveMembersOfALargeBatchInASmallOne() {
        // given
        log.put(new MessageExtBatch(IntStream.range(0, 50).mapToObj(_ -> message("large", 0)).toList()));

        // when
        PutMessageResult result = log.put(batch(message("small", 0), message("small", 0)));

        // then
        assertThat(result.append().messageCount()).isEqualTo(2);
        assertThat(log.scan()).hasSize(52);
        assertThat(log.put(message("single", 0)).append().messageCount()).isEqualTo(1);
        assertThat(log.scan()).hasSize(53);
    }

    private static MessageExtBatch batch(MessageExtBrokerInner... messages) {
        return new MessageExtBatch(Arrays.asList(messages));
    }
}
