package dev.storescope.engine;

import static dev.storescope.engine.testing.Stores.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.inspect.check.CheckProgress;
import dev.storescope.engine.inspect.check.StoreCheck;
import dev.storescope.engine.testing.DirectoryContents;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import dev.storescope.engine.testing.WallClockEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Queues that are expired, the end of the log, and the whole store, taken away.
@Timeout(60)
class StoreUpkeepTest {
    /// 2025-06-01T12:00:00Z.
    private static final long NOON = 1_748_779_200_000L;
    private static final Path QUEUES = Stores.ROOT.resolve("consumequeue");

    private final UnforcedDisk disk = new UnforcedDisk();
    private final WallClockEnvironment environment = new WallClockEnvironment(disk, NOON);
    private final List<MessageStore> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(MessageStore::shutdown);
    }

    @Test
    void shouldCleanTheQueuesAllOfWhoseMessagesAreGone() {
        // given a topic with old messages only, one with a queue of each kind, and a delayed message
        DefaultMessageStore store = start();
        for (int i = 0; i < 5; i++) {
            store.putMessage(message("old", i % 2));
            store.putMessage(message("mixed", 0));
        }
        store.putMessage(message("old", 0).delayTimeLevel(3));
        forgetTheLogSoFar(store);
        put(store, "mixed", 1, 3);
        assertThat(store.getMaxOffsetInQueue("old", 0)).isEqualTo(3);

        // when
        int cleaned = store.cleanExpiredConsumerQueue();

        // then
        assertThat(cleaned).isEqualTo(3);
        assertThat(store.getConsumeQueue("old", 0)).isEmpty();
        assertThat(store.getConsumeQueue("old", 1)).isEmpty();
        assertThat(store.getConsumeQueue("mixed", 0)).isEmpty();
        assertThat(disk.exists(QUEUES.resolve("old"))).isFalse();
        assertThat(disk.exists(QUEUES.resolve("mixed/0"))).isFalse();
        assertThat(store.getMaxOffsetInQueue("mixed", 1)).isEqualTo(3);
        assertThat(store.getConsumeQueue("SCHEDULE_TOPIC_XXXX", 2)).isPresent();
        assertThat(store.cleanExpiredConsumerQueue()).isZero();
    }

    @Test
    void shouldBeginACleanedQueueAnewAlsoWhenOpenedAgain() {
        // given
        DefaultMessageStore store = start();
        put(store, "old", 0, 5);
        forgetTheLogSoFar(store);
        store.cleanExpiredConsumerQueue();
        // when
        long queueOffset = put(store, "old", 0, 1).append().queueOffset();
        // then
        assertThat(queueOffset).isZero();
        assertThat(status(store, "old", 0)).isEqualTo(GetMessageStatus.FOUND);
        assertThat(status(store, "old", 5)).isEqualTo(GetMessageStatus.OFFSET_OVERFLOW_BADLY);
        // when
        store.shutdown();
        DefaultMessageStore again = start();
        // then
        assertThat(again.getMaxOffsetInQueue("old", 0)).isEqualTo(1);
        assertThat(put(again, "old", 0, 1).append().queueOffset()).isEqualTo(1);
    }

    @Test
    void shouldCleanNoQueueWhoseMessagesAreThere() {
        // given
        DefaultMessageStore store = start();
        put(store, "topic", 0, 5);
        // when, then
        assertThat(store.cleanExpiredConsumerQueue()).isZero();
        assertThat(store.getMaxOffsetInQueue("topic", 0)).isEqualTo(5);
    }

    @Test
    void shouldEndTheLogWhereItIsToldAndGoOnThere(@TempDir Path folder) throws IOException {
        // given some files of messages in two queues, and a topic deleted behind the end that comes
        var config = Stores.config(folder).build();
        var live = LiveEnvironment.withoutProbe();
        DefaultMessageStore store = open(new DefaultMessageStore(config, live));
        store.load();
        store.start();
        List<PutMessageResult> puts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            puts.add(store.putMessage(message("topic", i % 2).propertiesString(keys("key-" + i)).body(new byte[400])));
        }
        store.deleteTopics(Set.of("topic"));
        store.shutdown();
        DefaultMessageStore cut = open(new DefaultMessageStore(config, live));
        cut.load();
        long end = puts.get(150).append().wroteOffset();

        // when
        cut.resetWriteOffset(end);
        cut.start();

        // then
        assertThat(cut.getMaxPhyOffset()).isEqualTo(end);
        assertThat(cut.lookMessageByOffset(puts.get(149).append().wroteOffset())).isPresent();
        assertThat(cut.lookMessageByOffset(end)).isEmpty();
        assertThat(cut.queryMessage("topic", "key-149", 10, 0, Long.MAX_VALUE).messages()).hasSize(1);
        assertThat(cut.queryMessage("topic", "key-150", 10, 0, Long.MAX_VALUE).messages()).isEmpty();
        assertThat(Files.list(config.storePathCommitLog())).hasSize((int) (end / Stores.FILE_BYTES) + 1);
        // when
        PutMessageResult next = cut.putMessage(message("topic", 0));
        Stores.await(() -> cut.dispatchBehindBytes() == 0);
        // then the new message is not among those that were deleted with the topic
        assertThat(next.append().wroteOffset()).isEqualTo(end);
        assertThat(cut.getMaxOffsetInQueue("topic", 0)).isEqualTo(next.append().queueOffset() + 1);
        assertThat(status(cut, "topic", next.append().queueOffset())).isEqualTo(GetMessageStatus.FOUND);
        cut.shutdown();
        assertThat(new StoreCheck(live, config).run(CheckProgress.NONE).faults()).isEmpty();
    }

    @Test
    void shouldCutQueuesToTheNewEnd() {
        // given
        DefaultMessageStore store = start();
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            offsets.add(put(store, "topic", i % 2, 1).append().wroteOffset());
        }
        store.shutdown();
        DefaultMessageStore cut = load();
        // when
        cut.resetWriteOffset(offsets.get(101));
        cut.start();
        // then
        assertThat(cut.getMaxOffsetInQueue("topic", 0)).isEqualTo(51);
        assertThat(cut.getMaxOffsetInQueue("topic", 1)).isEqualTo(50);
        assertThat(put(cut, "topic", 1, 1).append().queueOffset()).isEqualTo(50);
    }

    @Test
    void shouldCutNothingInAPlaceThatIsNotBetweenRecords() {
        // given
        DefaultMessageStore store = start();
        long last = put(store, "topic", 0, 3).append().wroteOffset();
        store.shutdown();
        DefaultMessageStore loaded = load();
        long end = loaded.getMaxPhyOffset();
        // when, then
        for (long offset : new long[] {-1, last + 1, end + 1}) {
            assertThatThrownBy(() -> loaded.resetWriteOffset(offset)).isInstanceOf(StoreException.class)
                    .hasMessageContaining("from 0 to " + end)
                    .hasMessageContaining("found " + offset);
        }
        assertThat(loaded.lookMessageByOffset(last)).isPresent();
        loaded.resetWriteOffset(end);
        assertThat(loaded.lookMessageByOffset(last)).map(MessageExt::queueOffset).hasValue(2L);
    }

    @Test
    void shouldNotCutAStoreThatRuns() {
        DefaultMessageStore store = start();
        assertThatThrownBy(() -> store.resetWriteOffset(0)).isInstanceOf(StoreException.class)
                .hasMessageContaining("loaded and not started")
                .hasMessageContaining("RUNNING");
    }

    @Test
    void shouldDestroyWhatIsItsOwnAndNothingElse(@TempDir Path folder) throws IOException {
        // given
        var config = Stores.config(folder).build();
        DefaultMessageStore store = open(new DefaultMessageStore(config, LiveEnvironment.withoutProbe()));
        store.load();
        store.start();
        put(store, "topic", 0, 200);
        store.putMessage(message("topic", 0).propertiesString(keys("key")));
        store.deleteTopics(Set.of("other"));
        Path stranger = Files.writeString(folder.resolve("commitlog/notes.txt"), "mine");
        // when
        store.destroy();
        // then
        assertThat(store.state()).isEqualTo(StoreState.CLOSED);
        assertThat(DirectoryContents.of(folder)).containsOnlyKeys("", "lock", "commitlog", "commitlog/notes.txt");
        assertThat(stranger).hasContent("mine");
        // when
        Files.delete(stranger);
        Files.delete(folder.resolve("commitlog"));
        DefaultMessageStore next = open(new DefaultMessageStore(config, LiveEnvironment.withoutProbe()));
        next.load();
        // then
        assertThat(next.getMaxPhyOffset()).isZero();
    }

    @Test
    void shouldNotDestroyWhatAnotherStoreHasOpen() {
        // given
        DefaultMessageStore store = start();
        long offset = put(store, "topic", 0, 1).append().wroteOffset();
        var other = new DefaultMessageStore(Stores.config().build(), environment);
        // when, then
        assertThatThrownBy(other::destroy).isInstanceOf(StoreException.class)
                .hasMessageContaining("in use")
                .hasMessageContaining("nothing was deleted");
        assertThat(store.lookMessageByOffset(offset)).isPresent();
        assertThat(store.putMessage(message("topic", 0)).isOk()).isTrue();
    }

    /// Fills the file in use, lets all before it expire, and waits until it is gone.
    private void forgetTheLogSoFar(DefaultMessageStore store) {
        long from = (store.getMaxPhyOffset() / Stores.FILE_BYTES + 1) * Stores.FILE_BYTES;
        while (store.getMaxPhyOffset() <= from) {
            store.putMessage(message("filler", 0).body(new byte[4_000]));
        }
        store.flush();
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        environment.set(environment.currentTimeMillis() + Duration.ofHours(2).toMillis());
        store.executeDeleteFilesManually();
        Stores.await(() -> store.getMinPhyOffset() == from);
    }

    private static String keys(String key) {
        return "KEYS\u0001" + key + "\u0002";
    }

    private static PutMessageResult put(DefaultMessageStore store, String topic, int queueId, int count) {
        PutMessageResult last = store.putMessage(message(topic, queueId));
        for (int i = 1; i < count; i++) {
            last = store.putMessage(message(topic, queueId));
        }
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        return last;
    }

    private static GetMessageStatus status(DefaultMessageStore store, String topic, long queueOffset) {
        try (GetMessageResult result = store.getMessage("group", topic, 0, queueOffset, 1, MessageFilter.ALL)) {
            return result.status();
        }
    }

    private DefaultMessageStore start() {
        DefaultMessageStore store = load();
        store.start();
        return store;
    }

    private DefaultMessageStore load() {
        DefaultMessageStore store = open(new DefaultMessageStore(Stores.config()
                .set(StoreSetting.FILE_RESERVED_TIME, 1)
                .set(StoreSetting.CLEAN_RESOURCE_INTERVAL, 1)
                .set(StoreSetting.DELETE_COMMIT_LOG_FILES_INTERVAL, 0)
                .build(), environment));
        store.load();
        return store;
    }

    private DefaultMessageStore open(DefaultMessageStore store) {
        opened.add(store);
        return store;
    }
}
