package dev.storescope.engine.recovery;

import static dev.storescope.engine.testing.StoreImage.FILE_BYTES;
import static dev.storescope.engine.testing.StoreImage.FIRST_TIMESTAMP;
import static dev.storescope.engine.testing.StoreImage.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.log.MessageLayout;
import dev.storescope.engine.testing.LogContents;
import dev.storescope.engine.testing.StoreImage;
import dev.storescope.engine.testing.UnforcedDisk;
import dev.storescope.engine.testing.WallClockEnvironment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Where a log may end and begin, and how it goes on from there.
class LogShapesTest {
    private static final byte[] SMALL = body(100);
    private static final int SMALL_BYTES = ByteBuffer.wrap(StoreImage.of(SMALL).log(0)).getInt();
    /// Fills a file but for the smallest blank, when it is the only message in it.
    private static final byte[] FILLING = body(FILE_BYTES - MessageLayout.BLANK_BYTES - SMALL_BYTES + SMALL.length);

    static List<Named<UnaryOperator<StoreImage>>> stops() {
        return List.of(Named.of("after a clean stop", image -> image), Named.of("after a crash", StoreImage::aborted));
    }

    @Test
    void shouldBeginANewStoreAtZero() {
        assertGoesOn(new UnforcedDisk(), LastStop.NEW_STORE, 0, 0, 0);
    }

    @Test
    void shouldBeginAtZeroAfterACrashBeforeTheFirstMessage() throws IOException {
        // given
        UnforcedDisk disk = new UnforcedDisk();
        WallClockEnvironment environment = new WallClockEnvironment(disk, FIRST_TIMESTAMP);
        StoreImage.start(StoreImage.config(), environment).kill();
        // when, then
        assertGoesOn(disk.powerCut(), LastStop.UNCLEAN, 0, 0, 0);
    }

    @ParameterizedTest
    @MethodSource("stops")
    void shouldGoOnBehindTheLastMessage(UnaryOperator<StoreImage> stop) {
        StoreImage image = stop.apply(StoreImage.of(SMALL, SMALL));
        assertGoesOn(image.disk(), stopOf(image), 2L * SMALL_BYTES, 2L * SMALL_BYTES, 2);
    }

    @ParameterizedTest
    @MethodSource("stops")
    void shouldDeleteFilesThatWereMadeAheadOfTheEnd(UnaryOperator<StoreImage> stop) {
        // given
        StoreImage image = stop.apply(StoreImage.of(SMALL))
                .log(FILE_BYTES, new byte[FILE_BYTES])
                .log(2L * FILE_BYTES, new byte[FILE_BYTES]);
        UnforcedDisk disk = image.disk();
        // when
        DefaultMessageStore store = StoreImage.load(disk);
        // then
        assertThat(store.snapshot().recovery().filesDeleted()).hasSize(2);
        assertThat(disk.exists(StoreImage.file(FILE_BYTES))).isFalse();
        assertThat(disk.exists(StoreImage.file(2L * FILE_BYTES))).isFalse();
        store.start();
        store.shutdown();
        assertGoesOn(disk, LastStop.CLEAN, SMALL_BYTES, SMALL_BYTES, 1);
    }

    @ParameterizedTest
    @MethodSource("stops")
    void shouldGoOnInTheNextFileWhenTheLogEndsInTheSmallestBlank(UnaryOperator<StoreImage> stop) {
        // given
        StoreImage image = stop.apply(StoreImage.of(FILLING, SMALL)).withoutLog(FILE_BYTES);
        assertThat(ByteBuffer.wrap(image.log(0)).getInt()).isEqualTo(FILE_BYTES - MessageLayout.BLANK_BYTES);
        // when, then
        assertGoesOn(image.disk(), stopOf(image), FILE_BYTES, FILE_BYTES, 1);
    }

    @ParameterizedTest
    @MethodSource("stops")
    void shouldGoOnInTheFileThatWasMadeBehindABlank(UnaryOperator<StoreImage> stop) {
        StoreImage image = stop.apply(StoreImage.of(FILLING, SMALL)).log(FILE_BYTES, new byte[FILE_BYTES]);
        assertGoesOn(image.disk(), stopOf(image), FILE_BYTES, FILE_BYTES, 1);
    }

    @ParameterizedTest
    @MethodSource("stops")
    void shouldFillTheFileWithABlankWhenItIsFullButForThat(UnaryOperator<StoreImage> stop) {
        // given
        StoreImage image = stop.apply(StoreImage.of(FILLING));
        UnforcedDisk disk = image.disk();
        // when, then
        assertGoesOn(disk, stopOf(image), FILE_BYTES - MessageLayout.BLANK_BYTES, FILE_BYTES, 1);
    }

    @ParameterizedTest
    @MethodSource("stops")
    void shouldOpenALogWhoseFirstFilesAreGone(UnaryOperator<StoreImage> stop) {
        // given
        StoreImage image = stop.apply(StoreImage.of(FILLING, FILLING, SMALL, SMALL))
                .withoutLog(0)
                .withoutLog(FILE_BYTES);
        // when, then
        long end = 2L * FILE_BYTES + 2L * SMALL_BYTES;
        assertGoesOn(image.disk(), stopOf(image), end, end, 4);
    }

    @Test
    void shouldGoOnAtTheFirstOffsetOfALogWhoseOnlyRecordIsTorn() {
        // given
        StoreImage image = StoreImage.of(FILLING, SMALL).aborted().withoutCheckpoint().withoutLog(0);
        image.log(FILE_BYTES)[4] ^= 1;
        // when, then
        assertGoesOn(image.disk(), LastStop.UNCLEAN, FILE_BYTES, FILE_BYTES, 0);
    }

    @Test
    void shouldReportATopicThatCanBeNoDirectoryAndGiveItNoQueue() {
        // given
        StoreImage image = StoreImage.of(SMALL, SMALL);
        byte[] log = image.log(0);
        int topicAt = MessageLayout.bodyLength(0) + Integer.BYTES + SMALL.length + 1;
        log[topicAt] = '/';
        // when
        DefaultMessageStore store = StoreImage.load(image.disk());
        // then
        assertThat(store.snapshot().recovery().notes()).first().asString().contains("offset 0", "/mage");
        assertThat(store.snapshot().recovery().endOffset()).isEqualTo(2L * SMALL_BYTES);
        assertThat(store.getMaxOffsetInQueue("/mage", 1)).isZero();
        assertThat(store.getMaxOffsetInQueue("image", 1)).isEqualTo(2);
        store.shutdown();
    }

    @Test
    void shouldLearnQueueOffsetsFromBatchesAndNotFromPreparedMessages() {
        // given
        UnforcedDisk disk = new UnforcedDisk();
        WallClockEnvironment environment = new WallClockEnvironment(disk, FIRST_TIMESTAMP);
        DefaultMessageStore store = StoreImage.start(StoreImage.config(), environment);
        List<MessageExtBrokerInner> batch = List.of(StoreImage.message(SMALL), StoreImage.message(body(5)),
                StoreImage.message(body(0)));
        assertThat(store.putMessages(new MessageExtBatch(batch)).isOk()).isTrue();
        assertThat(store.putMessage(StoreImage.message(SMALL).sysFlag(SysFlag.TRANSACTION_PREPARED)).isOk()).isTrue();
        assertThat(store.putMessage(StoreImage.message(SMALL).queueId(70_000)).isOk()).isTrue();
        UnforcedDisk left = disk.powerCut();
        store.kill();
        // when
        DefaultMessageStore reopened = StoreImage.load(left);
        // then
        assertThat(reopened.getMaxOffsetInQueue("image", 1)).isEqualTo(3);
        assertThat(reopened.getMaxOffsetInQueue("image", 70_000)).isEqualTo(1);
        assertThat(reopened.getMaxOffsetInQueue("image", 0)).isZero();
        assertThat(LogContents.of(reopened)).extracting(MessageExt::queueOffset).containsExactly(0L, 1L, 2L, 0L, 0L);
        reopened.shutdown();
    }

    private static LastStop stopOf(StoreImage image) {
        return StoreImage.contents(image.disk()).containsKey(StoreImage.ABORT) ? LastStop.UNCLEAN : LastStop.CLEAN;
    }

    /// Opens, puts, stops, and opens again.
    private static void assertGoesOn(UnforcedDisk disk, LastStop lastStop, long endOffset, long nextOffset,
            long queueOffset) {
        WallClockEnvironment environment = new WallClockEnvironment(disk, FIRST_TIMESTAMP + 1_000_000);
        DefaultMessageStore store = StoreImage.start(StoreImage.config(), environment);
        RecoveryReport report = store.snapshot().recovery();
        int messages = LogContents.of(store).size();
        assertThat(report.lastStop()).isEqualTo(lastStop);
        assertThat(report.endOffset()).isEqualTo(endOffset);
        assertThat(report.recordsChecked()).isEqualTo(messages);
        assertThat(store.getMaxPhyOffset()).isEqualTo(endOffset);
        List<AppendMessageResult> appended = StoreImage.put(store, environment, SMALL, FILLING, SMALL);
        assertThat(appended.getFirst().wroteOffset()).isEqualTo(nextOffset);
        assertThat(appended).extracting(AppendMessageResult::queueOffset)
                .containsExactly(queueOffset, queueOffset + 1, queueOffset + 2);
        UnforcedDisk left = disk.powerCut();
        store.kill();
        DefaultMessageStore reopened = StoreImage.load(left);
        List<MessageExt> all = LogContents.of(reopened);
        assertThat(all).hasSize(messages + 3);
        assertThat(all.getLast().body()).isEqualTo(SMALL);
        assertThat(reopened.getMaxPhyOffset()).isEqualTo(appended.getLast().nextOffset());
        assertThat(reopened.getMaxOffsetInQueue("image", 1)).isEqualTo(queueOffset + 3);
        reopened.shutdown();
    }
}
