package dev.storescope.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RecoveryReport;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot.QueueSnapshot;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.log.MessageLayout;
import dev.storescope.engine.testing.DirectoryContents;
import dev.storescope.engine.testing.LogContents;
import dev.storescope.engine.testing.Stores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever happens to the files of the queues, opening makes them what the log says.
class QueueRebuildTest {
    /// 50 entries a file, so the larger queue has 13 files.
    private static final int MESSAGES = 620;
    private static final int ENTRY = ConsumeQueueEntry.BYTES;

    @TempDir private Path folder;
    private Path directory;
    private Path queue;
    private Map<String, String> sound;

    @BeforeEach
    void setUp() throws IOException {
        directory = folder.resolve("store");
        queue = directory.resolve("consumequeue/t/3");
        DefaultMessageStore store = Stores.start(config(), LiveEnvironment.withoutProbe());
        for (int i = 0; i < MESSAGES; i++) {
            store.putMessage(Stores.message("t", 3).propertiesString("TAGS\u0001" + i + "\u0002"));
            if (i % 10 == 0) {
                store.putMessage(Stores.message("other", i % 3).delayTimeLevel(i % 4));
                store.putMessage(Stores.message("t", 3).sysFlag(SysFlag.TRANSACTION_PREPARED));
            }
        }
        store.shutdown();
        sound = queues();
        assertThat(Files.list(queue)).hasSize(13);
    }

    @Test
    void shouldLeaveSoundQueuesAlone() throws IOException {
        assertThat(openAndClose().notes()).isEmpty();
        assertThat(queues()).isEqualTo(sound);
    }

    @Test
    void shouldBuildAllQueuesWhenNoneIsThere() throws IOException {
        // given
        deleteAll(directory.resolve("consumequeue"));
        // when, then
        assertThat(openAndClose().notes()).anyMatch(note -> note.contains("were missing"));
        assertThat(queues()).isEqualTo(sound);
    }

    @Test
    void shouldBuildTheOneQueueThatIsMissing() throws IOException {
        // given
        deleteAll(queue);
        // when, then
        assertThat(openAndClose().notes()).anyMatch(note -> note.contains(MESSAGES + " entries were missing"));
        assertThat(queues()).isEqualTo(sound);
    }

    @Test
    void shouldBuildTheTailThatACleanStopLeftStale() throws IOException {
        // given
        Files.delete(file(600));
        cut(file(550), 7 * ENTRY);
        // when, then
        assertThat(openAndClose().notes()).anyMatch(note -> note.contains("63 entries were missing"));
        assertThat(queues()).isEqualTo(sound);
    }

    @Test
    void shouldBuildAQueueWhoseFirstFileIsMissing() throws IOException {
        // given
        Files.delete(file(0));
        // when
        openAndClose();
        // then
        assertThat(queues()).isEqualTo(sound);
    }

    @Test
    void shouldBuildAQueueThatMissesAFileBetweenOthers() throws IOException {
        // given
        Files.delete(file(250));
        // when, then
        assertThat(openAndClose().notes()).anyMatch(note -> note.contains("a file is missing between others"));
        assertThat(queues()).isEqualTo(sound);
    }

    @Test
    void shouldBuildAQueueWithAFileOfTheWrongLength() throws IOException {
        // given
        Files.write(file(250), Arrays.copyOf(Files.readAllBytes(file(250)), 500));
        // when, then
        assertThat(openAndClose().notes()).anyMatch(note -> note.contains("expected a file of 1000 bytes"));
        assertThat(queues()).isEqualTo(sound);
    }

    @Test
    void shouldCorrectEntriesThatPointElsewhereInAnyFile() throws IOException {
        for (int first : List.of(0, 250, 600)) {
            // given
            patch(file(first), 5 * ENTRY, ByteBuffer.allocate(8).putLong(1_234_567));
        }
        // when, then
        assertThat(openAndClose().notes()).anyMatch(note -> note.contains("3 entries pointed elsewhere"));
        assertThat(queues()).isEqualTo(sound);
    }

    @Test
    void shouldBuildEntriesThatWereMadeZero() throws IOException {
        for (int first : List.of(0, 250, 550)) {
            // given
            patch(file(first), 5 * ENTRY, ByteBuffer.allocate(ENTRY));
        }
        // when
        openAndClose();
        // then
        assertThat(queues()).isEqualTo(sound);
    }

    @Test
    void shouldPutShiftedEntriesRight() throws IOException {
        // given
        byte[] bytes = Files.readAllBytes(file(100));
        byte[] shifted = new byte[bytes.length];
        System.arraycopy(bytes, 0, shifted, ENTRY, bytes.length - ENTRY);
        Files.write(file(100), shifted);
        // when
        openAndClose();
        // then
        assertThat(queues()).isEqualTo(sound);
    }

    @Test
    void shouldCutEntriesBehindTheLogsEndAndQueuesOfNoMessage() throws IOException {
        // given
        int last = MESSAGES - 600;
        patch(file(600), last * ENTRY, ByteBuffer.allocate(ENTRY).putLong(1_000_000).putInt(100).putLong(1));
        Path nobody = Files.createDirectories(directory.resolve("consumequeue/nobody/0"));
        Files.write(nobody.resolve("00000000000000000000"),
                ByteBuffer.allocate(1_000).putLong(100).putInt(100).putLong(1).array());
        // when, then
        assertThat(openAndClose().notes()).anyMatch(note -> note.contains("2 entries pointed to no record"));
        DefaultMessageStore store = load();
        assertThat(store.getMaxOffsetInQueue("nobody", 0)).isZero();
        assertThat(store.getMaxOffsetInQueue("t", 3)).isEqualTo(MESSAGES);
        store.shutdown();
        deleteAll(nobody.getParent());
        assertThat(queues()).isEqualTo(sound);
    }

    @Test
    void shouldBuildWhatAKillLeftBehind() throws IOException {
        // given
        DefaultMessageStore store = Stores.start(config(), LiveEnvironment.withoutProbe());
        for (int i = 0; i < 100; i++) {
            store.putMessage(Stores.message("t", 3));
        }
        store.kill();
        deleteAll(directory.resolve("consumequeue/other"));
        // when
        store = load();
        // then
        assertThat(store.getMaxOffsetInQueue("t", 3)).isEqualTo(MESSAGES + 100);
        store.shutdown();
        Map<String, String> after = queues();
        deleteAll(directory.resolve("consumequeue"));
        openAndClose();
        assertThat(queues()).isEqualTo(after);
    }

    @Test
    void shouldBeginWhereTheLogBeginsWithBlanksBefore() throws IOException {
        // given the first file of the log is gone, and with it the queues
        Files.delete(directory.resolve("commitlog/00000000000000000000"));
        deleteAll(directory.resolve("consumequeue"));
        // when
        DefaultMessageStore store = load();
        // then
        long first = LogContents.of(store)
                .stream()
                .filter(message -> message.topic().equals("t"))
                .mapToLong(MessageExt::queueOffset)
                .filter(offset -> offset > 0)
                .min()
                .orElseThrow();
        QueueSnapshot snapshot = store.snapshot()
                .dispatch()
                .queues()
                .stream()
                .filter(it -> it.topic().equals("t"))
                .findFirst()
                .orElseThrow();
        assertThat(snapshot.minOffset()).isEqualTo(first);
        assertThat(snapshot.maxOffset()).isEqualTo(MESSAGES);
        store.shutdown();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file(first / 50 * 50)));
        for (int i = 0; i < first % 50; i++) {
            assertThat(bytes.getLong(i * ENTRY)).isZero();
            assertThat(bytes.getInt(i * ENTRY + 8)).isEqualTo(Integer.MAX_VALUE);
            assertThat(bytes.getLong(i * ENTRY + 12)).isZero();
        }
        assertThat(bytes.getLong((int) (first % 50) * ENTRY)).isPositive();
    }

    @Test
    void shouldGoOnWithTheOffsetsOfAQueueWhoseMessagesAreAllGone() throws IOException {
        // given
        DefaultMessageStore store = Stores.start(config(), LiveEnvironment.withoutProbe());
        while (store.getMaxPhyOffset() < 3 * Stores.FILE_BYTES) {
            store.putMessage(Stores.message("late", 0).body(new byte[1_000]));
        }
        store.shutdown();
        Files.delete(directory.resolve("commitlog/00000000000000000000"));
        Files.delete(directory.resolve("commitlog/00000000000000065536"));
        // when
        store = Stores.start(config(), LiveEnvironment.withoutProbe());
        // then
        assertThat(store.putMessage(Stores.message("t", 3)).append().queueOffset()).isEqualTo(MESSAGES);
        store.shutdown();
        assertThat(openAndClose().notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 60, 9_000_000, -1, Long.MIN_VALUE})
    void shouldGiveARecordNoPlaceWhoseQueueOffsetCannotBe(long queueOffset) throws IOException {
        // given the eleventh message of the queue says something else
        patchQueueOffset(10, queueOffset);
        // when
        DefaultMessageStore store = load();
        // then
        assertThat(store.snapshot().recovery().notes())
                .anyMatch(note -> note.contains("1 records have a queue offset"));
        assertThat(store.getMaxOffsetInQueue("t", 3)).isEqualTo(MESSAGES);
        assertThat(store.getConsumeQueue("t", 3).orElseThrow().entry(10)).isEmpty();
        assertThat(store.getConsumeQueue("t", 3).orElseThrow().entry(11)).isPresent();
        try (GetMessageResult before = store.getMessage("g", "t", 3, 9, 3, MessageFilter.ALL);
                GetMessageResult there = store.getMessage("g", "t", 3, 10, 3, MessageFilter.ALL);
                GetMessageResult behind = store.getMessage("g", "t", 3, 11, 2, MessageFilter.ALL)) {
            assertThat(before.messages()).extracting(MessageExt::queueOffset).containsExactly(9L);
            assertThat(there.status()).isEqualTo(GetMessageStatus.MESSAGE_WAS_REMOVING);
            assertThat(there.nextBeginOffset()).isEqualTo(11);
            assertThat(behind.messages()).extracting(MessageExt::queueOffset).containsExactly(11L, 12L);
        }
        store.shutdown();
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 15})
    void shouldLetTheFirstOfTwoRecordsWithOneQueueOffsetCount(long queueOffset) throws IOException {
        // given the eleventh message of the queue says something else
        patchQueueOffset(10, queueOffset);
        // when
        DefaultMessageStore store = load();
        // then
        long first = LogContents.of(store)
                .stream()
                .filter(message -> message.topic().equals("t") && message.queueOffset() == queueOffset)
                .mapToLong(MessageExt::commitLogOffset)
                .min()
                .orElseThrow();
        ConsumeQueue t = store.getConsumeQueue("t", 3).orElseThrow();
        assertThat(t.entry(queueOffset).orElseThrow().commitLogOffset()).isEqualTo(first);
        assertThat(t.entry(10)).isEmpty();
        for (long other : new long[] {0, 4, 6, 9, 11, 14, 16, MESSAGES - 1}) {
            assertThat(t.entry(other)).as("entry %d", other).isPresent();
        }
        store.shutdown();
    }

    private void patchQueueOffset(long of, long queueOffset) throws IOException {
        DefaultMessageStore store = load();
        long offset = store.getCommitLogOffsetInQueue("t", 3, of).orElseThrow();
        store.shutdown();
        patch(directory.resolve("commitlog/00000000000000000000"), (int) offset + MessageLayout.QUEUE_OFFSET,
                ByteBuffer.allocate(8).putLong(queueOffset));
    }

    private Path file(long firstEntry) {
        return queue.resolve("%020d".formatted(firstEntry * ENTRY));
    }

    private static void cut(Path file, int from) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).put(from, new byte[bytes.length - from]);
        Files.write(file, bytes);
    }

    private static void patch(Path file, int position, ByteBuffer with) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        System.arraycopy(with.array(), 0, bytes, position, with.capacity());
        Files.write(file, bytes);
    }

    private static void deleteAll(Path path) throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private Map<String, String> queues() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory.resolve("consumequeue"))) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(path).toString(), DirectoryContents.sha256(Files.readAllBytes(path)));
            }
        }
        return files;
    }

    private RecoveryReport openAndClose() {
        DefaultMessageStore store = load();
        RecoveryReport report = store.snapshot().recovery();
        store.shutdown();
        return report;
    }

    private DefaultMessageStore load() {
        DefaultMessageStore store = new DefaultMessageStore(config().build(), LiveEnvironment.withoutProbe());
        store.load();
        return store;
    }

    private MessageStoreConfig.Builder config() {
        return Stores.config(directory).set(StoreSetting.FLUSH_INTERVAL_CONSUME_QUEUE, 3_600_000);
    }
}
