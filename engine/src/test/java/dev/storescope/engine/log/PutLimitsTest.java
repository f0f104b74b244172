package dev.storescope.engine.log;

import static dev.storescope.engine.log.ManualLog.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How far each check lets a put go, to the byte.
class PutLimitsTest {
    @ParameterizedTest
    @CsvSource({"127, DAA320A7", "128, DAA320AB", "255, DAA320AB"})
    void shouldWriteTopicsOfUpTo255BytesAndLongOnesAsVersionTwo(int bytes, String magic) throws IOException {
        // given
        ManualLog log = ManualLog.open();

        // when
        PutMessageResult result = log.put(message("t".repeat(bytes), 0));

        // then
        assertThat(result.status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.scan().getFirst().magic()).isEqualTo(Integer.parseUnsignedInt(magic, 16));
        assertThat(result.append().wroteBytes()).isEqualTo(91 + 10 + bytes + (bytes > 127 ? 1 : 0));
    }

    @Test
    void shouldCountTheBytesOfATopicNotItsCharacters() throws IOException {
        // given
        ManualLog log = ManualLog.open();

        // then 42 characters of 3 bytes are 126, 43 are 129, 85 are 255, 86 are 258
        assertThat(log.put(message("主".repeat(42), 0)).status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.put(message("主".repeat(43), 0)).status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.put(message("主".repeat(85), 0)).status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.put(message("主".repeat(86), 0)).status()).isEqualTo(PutMessageStatus.MESSAGE_ILLEGAL);
        assertThat(log.put(message("t" + "主".repeat(85), 0)).status()).isEqualTo(PutMessageStatus.MESSAGE_ILLEGAL);
        assertThat(log.scan()).extracting(stored -> stored.magic())
                .containsExactly(MessageLayout.MAGIC_V1, MessageLayout.MAGIC_V2, MessageLayout.MAGIC_V2);
    }

    @Test
    void shouldTakeNoLongTopicWhereVersionTwoIsOff() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.config()
                .set(StoreSetting.AUTO_MESSAGE_VERSION_ON_TOPIC_LEN, false));

        // then
        assertThat(log.put(message("t".repeat(127), 0)).status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.put(message("t".repeat(128), 0)).status()).isEqualTo(PutMessageStatus.MESSAGE_ILLEGAL);
        assertThat(log.put(message("主".repeat(43), 0)).status()).isEqualTo(PutMessageStatus.MESSAGE_ILLEGAL);
        assertThat(log.scan()).hasSize(1);
    }

    @Test
    void shouldCheckTheRealTopicOfADelayedMessage() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.config()
                .set(StoreSetting.AUTO_MESSAGE_VERSION_ON_TOPIC_LEN, false));

        // then a message that could never be delivered is not kept for it
        for (String topic : List.of("t".repeat(128), "主".repeat(86), "主".repeat(255), "a/b", "")) {
            assertThat(log.put(message(topic, 0).delayTimeLevel(1)).status()).as(topic)
                    .isEqualTo(PutMessageStatus.MESSAGE_ILLEGAL);
        }
        assertThat(log.put(message("t".repeat(127), 0).delayTimeLevel(1)).status())
                .isEqualTo(PutMessageStatus.PUT_OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "a/b", "\\", "a\\b", ".", "..", "a\u0000", "\n", "a\u001f", "\u007f", "\u0085",
        "\ud800", "a\udfff", "\udc00\ud800", "a\ud800b"})
    void shouldTakeNoTopicThatIsNoSafeNameOfADirectory(String topic) throws IOException {
        // given
        ManualLog log = ManualLog.open();

        // then
        assertThat(log.put(message(topic, 0)).status()).isEqualTo(PutMessageStatus.MESSAGE_ILLEGAL);
        assertThat(log.log.wroteOffset()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "...", ".a", "a.", "%RETRY%group", "RMQ_SYS_TRANS_HALF_TOPIC", "a b", "主题", "😀",
        "a:b", "\u00a0"})
    void shouldTakeAnyTopicThatIs(String topic) throws IOException {
        // given
        ManualLog log = ManualLog.open();

        // then
        assertThat(log.put(message(topic, 0)).status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.scan().getFirst().topic()).isEqualTo(topic);
    }

    @Test
    void shouldTakeABodyOfTheLargestSizeAndNotOneByteMore() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.config().set(StoreSetting.MAX_MESSAGE_SIZE, 1_000));

        // then
        assertThat(log.put(message("t", 0).body(new byte[1_000])).status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.put(message("t", 0).body(new byte[1_001])).status())
                .isEqualTo(PutMessageStatus.MESSAGE_ILLEGAL);
        assertThat(log.put(message("t", 0).body(new byte[5_000], 1_000)).status())
                .isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.put(batchOf(message("t", 0).body(new byte[500]), message("t", 0).body(new byte[500])))
                .status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.put(batchOf(message("t", 0).body(new byte[500]), message("t", 0).body(new byte[501])))
                .status()).isEqualTo(PutMessageStatus.MESSAGE_ILLEGAL);
        assertThat(log.log.queueOffsets().next("t", 0)).isEqualTo(4);
    }

    @Test
    void shouldTakePropertiesOf32767BytesAndNotOneMore() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.config().set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 1 << 20));

        // then
        assertThat(log.put(message("t", 0).propertiesString("x".repeat(32_767))).status())
                .isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.put(message("t", 0).propertiesString("x".repeat(32_768))).status())
                .isEqualTo(PutMessageStatus.PROPERTIES_SIZE_EXCEEDED);
        assertThat(log.put(message("t", 0).propertiesString("x" + "主".repeat(10_922))).status())
                .isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.put(message("t", 0).propertiesString("xx" + "主".repeat(10_922))).status())
                .isEqualTo(PutMessageStatus.PROPERTIES_SIZE_EXCEEDED);
        assertThat(log.put(message("t", 0).propertiesString("x".repeat(70_000))).status())
                .isEqualTo(PutMessageStatus.PROPERTIES_SIZE_EXCEEDED);
        assertThat(log.scan()).extracting(stored -> stored.propertiesString().length())
                .containsExactly(32_767, 10_923);
    }

    @Test
    void shouldCountThePropertiesThatADelayAdds() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.config().set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 1 << 20));
        String value = "v".repeat(32_760);

        // then
        assertThat(log.put(message("t", 0).propertiesString("p\u0001" + value + "\u0002")).status())
                .isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.put(message("t", 0).propertiesString("p\u0001" + value + "\u0002").delayTimeLevel(1)).status())
                .isEqualTo(PutMessageStatus.PROPERTIES_SIZE_EXCEEDED);
    }

    @Test
    void shouldTakeARecordThatFitsAFileWithItsBlankAndNotOneByteMore() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        int largest = (int) ManualLog.FILE_BYTES - 8;

        // then
        assertThat(log.put(ManualLog.messageOfRecordBytes(largest)).status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.put(ManualLog.messageOfRecordBytes(largest + 1)).status())
                .isEqualTo(PutMessageStatus.MESSAGE_ILLEGAL);
        assertThat(log.put(batchOf(ManualLog.messageOfRecordBytes(largest - 100),
                ManualLog.messageOfRecordBytes(100))).status()).isEqualTo(PutMessageStatus.PUT_OK);
        assertThat(log.put(batchOf(ManualLog.messageOfRecordBytes(largest - 100),
                ManualLog.messageOfRecordBytes(101))).status()).isEqualTo(PutMessageStatus.MESSAGE_ILLEGAL);
        assertThat(log.scan()).hasSize(3);
    }

    @Test
    void shouldBeBusyOnlyAfterTheLockWasHeldForLongerThanAllowed() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.config()
                .set(StoreSetting.OS_PAGE_CACHE_BUSY_TIME_OUT_MILLS, 300));
        List<Boolean> busy = new ArrayList<>();
        List<Long> heldMs = new ArrayList<>();
        log.allocator.onRequest(() -> {
            for (int step : new int[] {0, 300, 1}) {
                log.environment.clock().advance(Duration.ofMillis(step));
                busy.add(log.putPath.isPageCacheBusy());
                heldMs.add(log.log.lockTimeMills());
            }
            assertThat(log.log.putLockSnapshot().heldSinceMillis())
                    .isEqualTo(log.environment.currentTimeMillis() - 301);
            log.allocate();
        });

        // when
        assertThat(log.put(message("t", 0)).isOk()).isTrue();

        // then
        assertThat(busy).containsExactly(false, false, true);
        assertThat(heldMs).containsExactly(0L, 300L, 301L);
        assertThat(log.log.lockTimeMills()).isZero();
        assertThat(log.log.putLockSnapshot().heldSinceMillis()).isZero();
    }

    @Test
    void shouldRefuseAPutThatSlippedPastTheChecks() throws IOException {
        // given a put that has been checked and waits for the lock
        ManualLog log = ManualLog.open();
        log.log.closeForAppends();

        // then
        assertThat(log.put(message("t", 0)).status()).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);

        // and likewise
        log.log.open();
        log.flags.turnUnwriteable("for the test");
        assertThat(log.append(message("t", 0)).status()).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
        assertThat(log.log.wroteOffset()).isZero();
    }

    @Test
    void shouldRefuseAfterAStop() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        assertThat(log.put(message("t", 0)).isOk()).isTrue();

        // when
        log.putPath.stop();

        // then
        assertThat(log.put(message("t", 0)).status()).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
        assertThat(log.scan()).hasSize(1);
    }

    @Test
    void shouldTurnUnwriteableWhenTheMappedMemoryIsGone() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.put(message("t", 0));
        long wrote = log.log.wroteOffset();
        log.files.files().getFirst().diskFile().close();

        // when
        PutMessageResult result = log.put(message("t", 0));

        // then
        assertThat(result).isEqualTo(PutMessageResult.rejected(PutMessageStatus.UNKNOWN_ERROR));
        assertThat(log.flags.notWriteableReason()).startsWith("append failed at offset " + wrote);
        assertThat(log.log.wroteOffset()).isEqualTo(wrote);
        assertThat(log.log.queueOffsets().next("t", 0)).isEqualTo(1);
        assertThat(log.put(message("t", 0)).status()).isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
        assertThat(log.log.lockTimeMills()).isZero();
    }

    @Test
    void shouldGoOnAsIfNothingHadBeenWhenAFileComesAfterAll() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.put(message("t", 0));
        log.allocator.onRequest(() -> {
        });
        log.allocator.discardUntaken();
        log.fillBut(200);
        long before = log.environment.nanoTime();

        // when
        PutMessageResult late = log.put(message("t", 0).body(new byte[150]));
        PutMessageResult later = log.put(message("t", 0));

        // then
        assertThat(late).isEqualTo(PutMessageResult.rejected(PutMessageStatus.CREATE_MAPPED_FILE_FAILED));
        assertThat(later).isEqualTo(late);
        assertThat(log.environment.nanoTime() - before).isEqualTo(10_000_000_000L);

        // and when
        log.allocator.onRequest(log::allocate);
        PutMessageResult ok = log.put(message("t", 0));

        // then
        assertThat(ok.append().wroteOffset()).isEqualTo(ManualLog.FILE_BYTES);
        assertThat(ok.append().queueOffset()).isEqualTo(1);
        assertThat(log.scan()).hasSize(3);
        assertThat(log.stats.counters(0, 0, 1, 0).fileRolls()).isEqualTo(1);
    }

    @Test
    void shouldCountThePutsOfASlaveAsFailed() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.config().set(StoreSetting.BROKER_ROLE, BrokerRole.SLAVE));

        // when
        CompletableFuture<PutMessageResult> put = log.putPath.putAsync(message("t", 0));

        // then
        assertThat(put).isCompletedWithValue(PutMessageResult.rejected(PutMessageStatus.SERVICE_NOT_AVAILABLE));
        assertThat(log.stats.counters(0, 0, 1, 0).puts(PutMessageStatus.SERVICE_NOT_AVAILABLE)).isEqualTo(1);
    }

    private static MessageExtBatch batchOf(MessageExtBrokerInner... messages) {
        return new MessageExtBatch(List.of(messages));
    }
}
