package dev.storescope.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.AppendDataResult;
import dev.storescope.engine.api.AppendDataResult.Status;
import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.check.CheckProgress;
import dev.storescope.engine.inspect.check.StoreCheck;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A log that is made by copying another one's bytes, in pieces.
@Timeout(60)
class RawAppendTest {
    private final UnforcedDisk disk = new UnforcedDisk();
    private final UnforcedDisk copyDisk = new UnforcedDisk();
    private DefaultMessageStore source;
    private DefaultMessageStore copy;

    @BeforeEach
    void setUp() {
        source = Stores.start(Stores.config(), disk);
        copy = Stores.start(Stores.config().set(StoreSetting.BROKER_ROLE, BrokerRole.SLAVE), copyDisk);
    }

    @AfterEach
    void tearDown() {
        source.kill();
        copy.kill();
    }

    @ParameterizedTest
    @MethodSource("modesAndSeeds")
    void shouldBecomeTheSameLogWhateverThePieces(MessageStoreConfig.Builder mode, long seed) {
        // given a log of some files
        List<Long> offsets = fillSource(250);
        copy.kill();
        copy = Stores.start(mode, copyDisk);
        Random random = new Random(seed);
        byte[] log = log(source, 0);
        // when
        int at = 0;
        while (at < log.length) {
            int bytes = Math.min(log.length - at, 1 + random.nextInt(random.nextBoolean() ? 40 : 30_000));
            ByteBuffer piece = ByteBuffer.wrap(log, at, bytes);
            AppendDataResult result = copy.appendToCommitLog(at, piece);
            assertThat(result.status()).as("seed %d, offset %d: %s", seed, at, result).isEqualTo(Status.APPENDED);
            assertThat(piece.remaining()).isEqualTo(bytes);
            at += bytes;
            assertThat(result.nextOffset()).as("seed %d", seed).isEqualTo(at);
            assertThat(copy.getMaxPhyOffset()).as("seed %d", seed).isLessThanOrEqualTo(source.getMaxPhyOffset());
        }
        copy.flush();
        Stores.await(() -> copy.dispatchBehindBytes() == 0);
        // then
        assertSame(offsets);
        assertThat(copy.snapshot().log().flushed().offset()).isEqualTo(source.getMaxPhyOffset());
        copy.shutdown();
        MessageStoreConfig config = mode.build();
        assertThat(new StoreCheck(LiveEnvironment.builder().disk(copyDisk).build(), config).run(CheckProgress.NONE)
                .faults()).as("seed %d", seed).isEmpty();
        copy = Stores.start(mode, copyDisk);
        assertSame(offsets);
    }

    static Stream<Arguments> modesAndSeeds() {
        return LongStream.range(0, 3)
                .boxed()
                .flatMap(seed -> Stream.of(
                        Arguments.of(Stores.config().set(StoreSetting.BROKER_ROLE, BrokerRole.SLAVE), seed),
                        Arguments.of(Stores.config()
                                .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH), seed),
                        Arguments.of(Stores.config()
                                .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true), seed)));
    }

    private void assertSame(List<Long> offsets) {
        assertThat(copy.getMaxPhyOffset()).isEqualTo(source.getMaxPhyOffset());
        for (long offset : offsets) {
            MessageExt expected = source.lookMessageByOffset(offset).orElseThrow();
            assertThat(copy.lookMessageByOffset(offset)).as("offset %d", offset)
                    .get()
                    .usingRecursiveComparison()
                    .isEqualTo(expected);
            if (expected.topic().equals("topic")) {
                assertThat(copy.getCommitLogOffsetInQueue("topic", expected.queueId(), expected.queueOffset()))
                        .hasValue(offset);
            }
        }
        assertThat(copy.queryMessage("topic", "key-7", 10, 0, Long.MAX_VALUE).messages()).hasSize(1);
    }

    @Test
    void shouldGoOnWithTheQueueOffsetsOfWhatWasCopied() {
        // given
        fillSource(100);
        copy.kill();
        copy = Stores.start(Stores.config(), copyDisk);
        copyAll();
        // when, then
        for (int queueId = 0; queueId < 3; queueId++) {
            assertThat(copy.putMessage(Stores.message("topic", queueId)).append().queueOffset())
                    .isEqualTo(source.putMessage(Stores.message("topic", queueId)).append().queueOffset());
        }
    }

    @Test
    void shouldShowARecordOnlyWhenAllOfItHasCome() {
        // given
        long second = fillSource(2).get(1);
        byte[] log = log(source, 0);
        // when, then
        copy.appendToCommitLog(0, ByteBuffer.wrap(log, 0, (int) second + 20));
        assertThat(copy.getMaxPhyOffset()).isEqualTo(second);
        assertThat(copy.lookMessageByOffset(second)).isEmpty();
        copy.appendToCommitLog(second + 20, ByteBuffer.wrap(log, (int) second + 20, log.length - (int) second - 20));
        assertThat(copy.lookMessageByOffset(second)).isPresent();
    }

    @Test
    void shouldTakeThePartOfARecordAgainFromItsBegin() {
        // given
        long second = fillSource(2).get(1);
        byte[] log = log(source, 0);
        copy.appendToCommitLog(0, ByteBuffer.wrap(log, 0, (int) second + 20));
        // when
        AppendDataResult result = copy.appendToCommitLog(second,
                ByteBuffer.wrap(log, (int) second, log.length - (int) second));
        // then
        assertThat(result.isOk()).isTrue();
        assertThat(copy.lookMessageByOffset(second)).isPresent();
    }

    @Test
    void shouldLeaveNothingOfAPartWhenAMessageIsPut() {
        // given
        copy.kill();
        copy = Stores.start(Stores.config(), copyDisk);
        byte[] large = log(bigSource(), 0);
        copy.appendToCommitLog(0, ByteBuffer.wrap(large, 0, large.length - 1));
        // when
        long end = copy.putMessage(Stores.message("topic", 0)).append().wroteBytes();
        // then
        var rest = copy.getCommitLogData(0).orElseThrow();
        try (rest) {
            assertThat(rest.sizeBytes()).isEqualTo(end);
        }
        copy.flush();
        copy.kill();
        try (var file = copyDisk.openReadOnly(copy.config().storePathCommitLog().resolve("%020d".formatted(0)))) {
            byte[] behind = file.map().asSlice(end).toArray(ValueLayout.JAVA_BYTE);
            assertThat(behind).containsOnly(0);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private DefaultMessageStore bigSource() {
        source.putMessage(Stores.message("topic", 0).body(new byte[5_000]));
        return source;
    }

    @Test
    void shouldRefuseWhatDoesNotFollow() {
        // given
        fillSource(3);
        byte[] log = log(source, 0);
        copyAll();
        // when
        AppendDataResult behind = copy.appendToCommitLog(log.length + 1L, ByteBuffer.wrap(log));
        AppendDataResult before = copy.appendToCommitLog(0, ByteBuffer.wrap(log));
        // then
        assertThat(behind.status()).isEqualTo(Status.OFFSET_DOES_NOT_FOLLOW);
        assertThat(before.status()).isEqualTo(Status.OFFSET_DOES_NOT_FOLLOW);
        assertThat(before.nextOffset()).isEqualTo(log.length);
        assertThat(before.detail()).contains("from offset " + log.length, "found 0");
        assertThat(copy.getMaxPhyOffset()).isEqualTo(log.length);
    }

    @Test
    void shouldKeepWhatIsSoundAndRefuseWhatIsNot() {
        // given
        List<Long> offsets = fillSource(3);
        byte[] log = log(source, 0);
        int second = offsets.get(1).intValue();
        byte[] original = log.clone();
        log[offsets.get(2).intValue() - 30]++; // in its body or behind
        log[second + MessageLayout.BODY_CRC]++;
        // when
        AppendDataResult result = copy.appendToCommitLog(0, ByteBuffer.wrap(log));
        // then
        assertThat(result.status()).isEqualTo(Status.DATA_ILLEGAL);
        assertThat(result.nextOffset()).isEqualTo(second);
        assertThat(result.detail()).contains("offset " + second);
        assertThat(copy.lookMessageByOffset(0)).isPresent();
        assertThat(copy.getMaxPhyOffset()).isEqualTo(second);
        assertThat(copy.appendToCommitLog(second, ByteBuffer.wrap(original, second, original.length - second)).isOk())
                .isTrue();
        assertThat(copy.appendToCommitLog(original.length, ByteBuffer.allocate(100)).detail())
                .contains("expected a record, found zeros");
    }

    @Test
    void shouldRefuseBytesWhenItDoesNotRun() {
        // given
        fillSource(1);
        byte[] log = log(source, 0);
        copy.shutdown();
        // when, then
        assertThat(copy.appendToCommitLog(0, ByteBuffer.wrap(log)).status()).isEqualTo(Status.SERVICE_NOT_AVAILABLE);
    }

    @Test
    void shouldRefusePutsAsASlaveWhileItTakesBytes() {
        fillSource(1);
        copyAll();
        assertThat(copy.putMessage(Stores.message("topic", 0)).status())
                .isEqualTo(PutMessageStatus.SERVICE_NOT_AVAILABLE);
    }

    private void copyAll() {
        byte[] log = log(source, 0);
        assertThat(copy.appendToCommitLog(0, ByteBuffer.wrap(log)).isOk()).isTrue();
        Stores.await(() -> copy.dispatchBehindBytes() == 0);
    }

    private List<Long> fillSource(int puts) {
        Random random = new Random(puts);
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < puts; i++) {
            MessageExtBrokerInner message = Stores.message("topic", i % 3)
                    .body(new byte[random.nextInt(1_000)])
                    .propertiesString("KEYS\u0001key-" + i + "\u0002");
            var result = i % 10 == 9
                    ? source.putMessages(new MessageExtBatch(List.of(message, message)))
                    : source.putMessage(i % 10 == 5 ? message.delayTimeLevel(2) : message);
            offsets.add(result.append().wroteOffset());
        }
        Stores.await(() -> source.dispatchBehindBytes() == 0);
        return offsets;
    }

    /// All bytes of a log, with the blanks.
    private static byte[] log(DefaultMessageStore store, long from) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long at = from;
        while (at < store.getMaxPhyOffset()) {
            try (var lease = store.getCommitLogData(at).orElseThrow()) {
                bytes.writeBytes(lease.segment().toArray(ValueLayout.JAVA_BYTE));
                at += lease.sizeBytes();
            }
        }
        return bytes.toByteArray();
    }
}
