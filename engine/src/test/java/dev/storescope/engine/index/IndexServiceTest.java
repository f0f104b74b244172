package dev.storescope.engine.index;

import static dev.storescope.engine.api.MessageProperties.KEYS;
import static dev.storescope.engine.api.MessageProperties.TAGS;
import static dev.storescope.engine.api.MessageProperties.UNIQ_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.IndexSnapshot;
import dev.storescope.engine.api.IndexSnapshot.IndexFileSnapshot;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.RunningFlag;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.file.StoreCheckpoint;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.testing.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexServiceTest {
    private static final Path CHECKPOINT = Stores.ROOT.resolve("checkpoint");

    @Test
    void shouldFindAMessageByItsUniqueKeyEachOfItsKeysAndItsTags() throws IOException {
        // given
        IndexParts parts = IndexParts.withLog(List.of(
                IndexParts.message(Map.of(UNIQ_KEY, "u-1", KEYS, "a  b 键", TAGS, "red || blue")),
                IndexParts.message(Map.of())));

        // when
        IndexService index = parts.build();

        // then
        for (String key : List.of("u-1", "a", "b", "键", "T#red || blue")) {
            assertThat(find(index, parts, key)).as(key).containsExactly(0L);
        }
        for (String key : List.of("", "a  b 键", "c", "red || blue")) {
            assertThat(find(index, parts, key)).as(key).isEmpty();
        }
        assertThat(index.query(IndexQuery.of("other", "a", 10), 0, parts.endOffset())).isEmpty();
        assertThat(index.snapshot().entries()).isEqualTo(5);
    }

    @Test
    void shouldFindOtherKeysOfTheSameHashTooAsKeysAreNotStored() throws IOException {
        // given
        IndexParts parts = IndexParts.withLog(List.of(IndexParts.message(Map.of(KEYS, "Aa")),
                IndexParts.message(Map.of(KEYS, "BB"))));

        // when
        IndexService index = parts.build();

        // then
        assertThat(find(index, parts, "Aa")).isEqualTo(parts.offsets()).isEqualTo(find(index, parts, "BB"));
    }

    @Test
    void shouldIndexPreparedMessagesAndNoRolledBackOnes() throws IOException {
        // given
        MessageExtBrokerInner prepared = IndexParts.message(Map.of(KEYS, "k"))
                .sysFlag(SysFlag.TRANSACTION_PREPARED);
        MessageExtBrokerInner rolledBack = IndexParts.message(Map.of(KEYS, "k"))
                .sysFlag(SysFlag.TRANSACTION_ROLLBACK);
        IndexParts parts = IndexParts.withLog(List.of(prepared, rolledBack));

        // when
        IndexService index = parts.build();

        // then
        assertThat(find(index, parts, "k")).containsExactly(0L);
    }

    @Test
    void shouldGiveAMessageOnceWhoseKeysHaveOneHash() throws IOException {
        // given
        IndexParts parts = IndexParts.withLog(List.of(IndexParts.message(Map.of(UNIQ_KEY, "k", KEYS, "k k"))));

        // when, then
        assertThat(find(parts.build(), parts, "k")).containsExactly(0L);
    }

    @Test
    void shouldGoThroughAllFilesFromTheNewestAndGiveTheResultByOffset() throws IOException {
        // given
        List<MessageExtBrokerInner> messages = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            messages.add(IndexParts.message(Map.of(KEYS, i % 2 == 0 ? "even" : "odd-" + i)));
        }
        IndexParts parts = IndexParts.withLog(messages);

        // when
        IndexService index = parts.build();

        // then
        List<Long> even = parts.offsets().stream().filter(offset -> parts.offsets().indexOf(offset) % 2 == 0).toList();
        assertThat(parts.fileNames()).as("9 entries a file").hasSize(5);
        assertThat(find(index, parts, "even")).isEqualTo(even);
        assertThat(index.query(IndexQuery.of("topic", "even", 3), 0, parts.endOffset()))
                .isEqualTo(even.subList(17, 20));
    }

    @Test
    void shouldGiveNoMoreThanTheSettingAllows() throws IOException {
        // given
        IndexParts parts = IndexParts.withLog(Collections.nCopies(5, IndexParts.message(Map.of(KEYS, "k"))));
        parts.config().set(StoreSetting.MAX_MSGS_NUM_BATCH, 2);

        // when, then
        assertThat(find(parts.build(), parts, "k")).isEqualTo(parts.offsets().subList(3, 5));
    }

    @Test
    void shouldNeverServeWhatLiesOutsideTheLog() throws IOException {
        // given
        IndexParts parts = IndexParts.withLog(Collections.nCopies(4, IndexParts.message(Map.of(KEYS, "k"))));
        List<Long> offsets = parts.offsets();

        // when
        List<Long> found = parts.build().query(IndexQuery.of("topic", "k", 10), offsets.get(1), offsets.get(3));

        // then
        assertThat(found).isEqualTo(offsets.subList(1, 3));
    }

    @Test
    void shouldNotIndexARecordTwice() throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(25);
        IndexService index = parts.build();
        List<byte[]> once = parts.contents();

        // when
        parts.replay().feed(0, parts.endOffset(), index);

        // then
        assertThat(parts.contents()).usingElementComparator(Arrays::compare).isEqualTo(once);
    }

    @Test
    void shouldNameFilesByTheLocalTimeAndNeverTwiceTheSame() throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(25);

        // when
        parts.build();

        // then
        long now = parts.environment().currentTimeMillis();
        String first = IndexFileName.next(now, parts.environment().zone(), "");
        assertThat(parts.fileNames()).containsExactly(first,
                IndexFileName.next(now + 1, parts.environment().zone(), ""),
                IndexFileName.next(now + 2, parts.environment().zone(), ""));
    }

    /// RocketMQ's store takes a file that ends at 0 for one that lacks all of the log: after a crash it would put keys into
    /// it that stand in the files before.
    @Test
    void shouldNeverWaitForTheDiskWithAFileThatDoesNotSayWhereItBegins() throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(25);
        List<Long> ends = new ArrayList<>();
        parts.disk().faults().beforeForceDirectory(directory -> {
            if (directory.equals(IndexParts.INDEX)) {
                ends.add(IndexFile.endOffset(MemorySegment.ofArray(newestFile(parts))));
            }
        });

        // when
        parts.build();

        // then
        List<Long> offsets = parts.offsets();
        assertThat(ends).containsExactly(0L, offsets.get(8), offsets.get(17));
    }

    private static byte[] newestFile(IndexParts parts) {
        try {
            return parts.contents().getLast();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldForceAFullFileAndSaySoInTheCheckpointButNotTheOneInUse() throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(25);
        IndexService index = parts.open();
        int[] woken = {0};
        try (StoreCheckpoint checkpoint = checkpoint(parts)) {
            FlushIndexService flush = new FlushIndexService(parts.environment(), index, () -> checkpoint);
            flush.onFull(() -> woken[0]++);
            parts.replay().feed(0, parts.endOffset(), index);

            // when
            int flushed = flush.doWork();

            // then
            IndexSnapshot snapshot = index.snapshot();
            assertThat(woken[0]).isEqualTo(2);
            assertThat(flushed).isEqualTo(2);
            assertThat(checkpoint.indexMsgTimestamp()).isEqualTo(snapshot.files().get(1).endTimestamp());
            assertThat(isForced(parts, snapshot)).containsExactly(true, true, false);
            // when
            flush.onStop();
            // then
            assertThat(isForced(parts, snapshot)).containsExactly(true, true, true);
            assertThat(flush.hasFailed()).isFalse();
        }
    }

    @Test
    void shouldNeverCountAFileAsOnDiskAfterAForceFailed() throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(25);
        IndexService index = parts.build();
        try (StoreCheckpoint checkpoint = checkpoint(parts)) {
            FlushIndexService flush = new FlushIndexService(parts.environment(), index, () -> checkpoint);
            parts.disk().faults().failNextForce();

            // when
            int flushed = flush.doWork();

            // then
            assertThat(flushed).isZero();
            assertThat(checkpoint.indexMsgTimestamp()).isZero();
            assertThat(flush.hasFailed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 18})
    void shouldStandAtTheMessageForWhichNoFileCanBeMadeAndGoOnWhenOneCan(int before) throws IOException {
        // given
        List<MessageExtBrokerInner> messages = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            messages.add(IndexParts.message(Map.of(UNIQ_KEY, "u-" + i, KEYS, "key-" + i)));
        }
        IndexParts parts = IndexParts.withLog(messages);
        IndexService index = parts.open();
        long atFirst = parts.offsets().get(before / 2);
        parts.replay().feed(0, atFirst, index);
        parts.disk().fullAt(0);

        // when, then
        assertThatThrownBy(() -> parts.replay().feed(0, parts.endOffset(), index)).isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be indexed");
        assertThat(parts.flags().reasons()).containsKey(RunningFlag.INDEX_ERROR);
        assertThat(index.snapshot().fault()).contains("cannot be indexed");
        assertThat(index.snapshot().entries()).isEqualTo(before);
        // when
        parts.disk().fullAt(1L << 40);
        parts.replay().feed(0, parts.endOffset(), index);
        // then
        assertThat(parts.flags().isWriteable()).isTrue();
        assertThat(index.snapshot().fault()).isEmpty();
        assertThat(index.snapshot().entries()).as("each key once").isEqualTo(30);
    }

    @Test
    void shouldTellOfEachEntryAndShowItsFiles() throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(11);

        // when
        IndexSnapshot snapshot = parts.build().snapshot();

        // then
        assertThat(parts.environment().probe().events(ProbePoint.INDEX_ENTRY)).hasSize(11);
        assertThat(snapshot.files()).extracting(IndexFileSnapshot::entries).containsExactly(9, 2);
        assertThat(snapshot.files()).extracting(IndexFileSnapshot::isFull).containsExactly(true, false);
        assertThat(snapshot.endOffset()).isEqualTo(parts.offsets().getLast());
        assertThat(snapshot.files()).allSatisfy(file -> {
            assertThat(file.slots()).isEqualTo(IndexParts.SLOTS);
            assertThat(file.capacity()).isEqualTo(IndexParts.ENTRIES - 1);
            assertThat(file.usedSlots()).isBetween(1, file.entries());
        });
    }

    @Test
    void shouldDeleteTheFilesWhoseMessagesAreGoneButNotTheLast() throws IOException {
        // given
        IndexParts parts = IndexParts.withKeys(25);
        IndexService index = parts.build();
        List<String> names = parts.fileNames();
        List<Long> offsets = parts.offsets();

        // when, then
        assertThat(index.deleteBefore(offsets.get(8))).as("the last message of the first file is still there").isZero();
        assertThat(index.deleteBefore(offsets.get(9))).isEqualTo(1);
        assertThat(parts.fileNames()).isEqualTo(names.subList(1, 3));
        assertThat(index.deleteBefore(Long.MAX_VALUE)).isEqualTo(1);
        assertThat(parts.fileNames()).isEqualTo(names.subList(2, 3));
    }

    private static List<Boolean> isForced(IndexParts parts, IndexSnapshot snapshot) {
        return snapshot.files().stream().map(file -> {
            try {
                return parts.disk().isForced(IndexParts.INDEX.resolve(file.name()), 0, file.sizeBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }).toList();
    }

    private static StoreCheckpoint checkpoint(IndexParts parts) throws IOException {
        return StoreCheckpoint.openOrCreate(parts.disk(), CHECKPOINT);
    }

    private static List<Long> find(IndexService index, IndexParts parts, String key) {
        return index.query(IndexQuery.of("topic", key, 100), 0, parts.endOffset());
    }
}
