package dev.storescope.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.probe.ProbeEvent;
import dev.storescope.engine.probe.ProbePoint;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A record of n bytes is written where n + 8 fit into what is left; else a blank fills the file and the record goes to
/// the next (`format.md` §5).
class FileRollTest {
    @ParameterizedTest
    @ValueSource(ints = {96, 97, 200, 4_000, 4_096, 30_000})
    void shouldWriteARecordThatJustFitsWithTheSmallestBlank(int recordBytes) throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.fillBut(recordBytes + 8);

        // when
        PutMessageResult fits = log.put(ManualLog.messageOfRecordBytes(recordBytes));
        PutMessageResult next = log.put(ManualLog.messageOfRecordBytes(96));

        // then
        assertThat(fits.append().nextOffset()).isEqualTo(ManualLog.FILE_BYTES - 8);
        assertThat(next.append().wroteOffset()).isEqualTo(ManualLog.FILE_BYTES);
        assertThat(blanks(log)).containsExactly("8 at " + (ManualLog.FILE_BYTES - 8));
        assertThat(log.scan()).hasSize(3);
        assertThat(log.files.files().getFirst().blankPosition()).isEqualTo(ManualLog.FILE_BYTES - 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {96, 97, 200, 4_000, 4_096, 30_000})
    void shouldRollForARecordThatJustDoesNotFit(int recordBytes) throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.fillBut(recordBytes + 7);

        // when
        PutMessageResult result = log.put(ManualLog.messageOfRecordBytes(recordBytes));

        // then
        assertThat(result.append().wroteOffset()).isEqualTo(ManualLog.FILE_BYTES);
        assertThat(blanks(log)).containsExactly(
                (recordBytes + 7) + " at " + (ManualLog.FILE_BYTES - recordBytes - 7));
        assertThat(log.scan()).hasSize(2);
    }

    @Test
    void shouldRollForABatchAsForARecord() throws IOException {
        // given
        ManualLog log = ManualLog.open();
        log.fillBut(600 + 8);
        MessageExtBatch batch = new MessageExtBatch(
                List.of(ManualLog.messageOfRecordBytes(300), ManualLog.messageOfRecordBytes(300)));

        // when
        PutMessageResult fits = log.put(batch);
        log.put(ManualLog.messageOfRecordBytes(96));
        log.fillBut(600 + 7);
        PutMessageResult rolls = log.put(batch);

        // then
        assertThat(fits.append().nextOffset()).isEqualTo(ManualLog.FILE_BYTES - 8);
        assertThat(rolls.append().wroteOffset()).isEqualTo(2 * ManualLog.FILE_BYTES);
        assertThat(log.scan()).hasSize(7);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldCloseEachFileByABlankWithoutABuffer(long seed) throws IOException {
        fill(seed, ManualLog.config());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldCloseEachFileByABlankWithABufferThatWasUsedBefore(long seed) throws IOException {
        fill(seed, ManualLog.configWithPool().set(StoreSetting.TRANSIENT_STORE_POOL_SIZE, 2));
    }

    static LongStream seeds() {
        return LongStream.range(0, 15);
    }

    private static void fill(long seed, MessageStoreConfig.Builder config) throws IOException {
        // given
        ManualLog log = ManualLog.open(config);
        Random random = new Random(seed);
        long expected = 0;

        // when
        for (int i = 0; i < 150; i++) {
            int recordBytes = 96 + random.nextInt(1 << random.nextInt(5, 15));
            long rest = ManualLog.FILE_BYTES - expected % ManualLog.FILE_BYTES;
            if (recordBytes + 8 > rest) {
                expected += rest;
            }
            PutMessageResult result = log.put(ManualLog.messageOfRecordBytes(recordBytes));
            // then
            assertThat(result.append().wroteOffset()).as("seed %d, record %d", seed, i).isEqualTo(expected);
            expected += recordBytes;
            log.commitAll();
        }
        List<MessageExt> stored = log.scan();
        assertThat(stored).as("seed %d", seed).hasSize(150);
        assertThat(stored).as("seed %d", seed)
                .extracting(MessageExt::queueOffset)
                .containsExactlyElementsOf(LongStream.range(0, 150).boxed().toList());
        assertThat(log.stats.counters(0, 0, 1, 0).fileRolls()).isEqualTo(log.files.files().size() - 1);
        assertThat(log.files.files().stream().mapToLong(MappedFile::messages).sum()).isEqualTo(150);
    }

    @Test
    void shouldUnlockTheMemoryOfAFileThatIsFull() throws IOException {
        // given
        ManualLog log = ManualLog.open(ManualLog.config()
                .set(StoreSetting.WARM_MAPED_FILE_ENABLE, true)
                .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH));
        log.put(ManualLog.messageOfRecordBytes(30_000));
        assertThat(log.files.files().getFirst().isMemoryLocked()).isTrue();

        // when
        log.put(ManualLog.messageOfRecordBytes(60_000));

        // then the one in use and the one ahead are locked
        assertThat(log.files.files()).extracting(MappedFile::isMemoryLocked).containsExactly(false, true);
        assertThat(log.environment.memory().lockedBytes()).isEqualTo(2 * ManualLog.FILE_BYTES);
        log.allocator.discardUntaken();
        log.files.close();
        assertThat(log.environment.memory().lockedBytes()).isZero();
    }

    private static List<String> blanks(ManualLog log) {
        return log.environment.probe()
                .events(ProbePoint.BLANK_WRITTEN)
                .stream()
                .map((ProbeEvent blank) -> blank.b() + " at " + blank.a())
                .toList();
    }
}
