package dev.storescope.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.GetMessageResult;
import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageFilter;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.SysFlag;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.index.IndexCatchUp;
import dev.storescope.engine.log.MessageLayout;
import dev.storescope.engine.testing.LogContents;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import dev.storescope.engine.testing.WallClockEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GetMessageTest {
    private static final Path LOG = Stores.ROOT.resolve("commitlog");
    private final UnforcedDisk disk = new UnforcedDisk();
    private DefaultMessageStore store;

    @BeforeEach
    void setUp() {
        store = Stores.start(Stores.config(), disk);
    }

    @AfterEach
    void tearDown() {
        store.kill();
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveEveryMessageOfAQueueInItsOrder(FlushDiskType type) {
        // given
        store.kill();
        store = Stores.start(Stores.config().set(StoreSetting.FLUSH_DISK_TYPE, type), disk);
        put("other", 5, 3);
        put("t", 2, 130);
        put("t", 3, 7);
        // when
        List<MessageExt> read = readAll("t", 2, 10);
        // then
        assertThat(read).extracting(MessageExt::queueOffset)
                .containsExactlyElementsOf(LongStream.range(0, 130).boxed().toList());
        assertThat(read).allMatch(message -> message.topic().equals("t") && message.queueId() == 2);
        assertThat(read).extracting(message -> message.body().length)
                .containsExactlyElementsOf(IntStream.range(0, 130).boxed().toList());
    }

    @ParameterizedTest
    @CsvSource({
        "0, FOUND, 3", "2, FOUND, 3", "3, OFFSET_OVERFLOW_ONE, 3", "4, OFFSET_OVERFLOW_BADLY, 3",
        "-1, OFFSET_TOO_SMALL, 0"
    })
    void shouldSayHowItEndedAndWhereToGoOn(long queueOffset, GetMessageStatus status, long next) {
        // given
        put("t", 0, 3);
        // when
        try (GetMessageResult result = get("t", 0, queueOffset, 32, MessageFilter.ALL)) {
            // then
            assertThat(result.status()).isEqualTo(status);
            assertThat(result.nextBeginOffset()).isEqualTo(next);
            assertThat(result.minOffset()).isZero();
            assertThat(result.maxOffset()).isEqualTo(3);
            assertThat(result.suggestPullingFromSlave()).isFalse();
        }
    }

    @Test
    void shouldKeepApartWhatIsReadWhileAnotherResultIsOpen() {
        // given
        put("t", 0, 40);
        put("t", 1, 40);
        // when
        try (GetMessageResult first = get("t", 0, 0, 32, MessageFilter.ALL);
                GetMessageResult second = get("t", 1, 8, 32, MessageFilter.ALL)) {
            get("t", 1, 3, 32, MessageFilter.ALL).close();
            // then
            assertThat(first.messages()).extracting(MessageExt::queueId).hasSize(32).containsOnly(0);
            assertThat(second.messages()).extracting(MessageExt::queueOffset)
                    .containsExactlyElementsOf(LongStream.range(8, 40).boxed().toList());
        }
    }

    @Test
    void shouldServeSeveralReadersAtOnce() {
        // given
        IntStream.range(0, 4).forEach(queueId -> put("t", queueId, 50));
        // when
        List<Boolean> right = IntStream.range(0, 400)
                .parallel()
                .mapToObj(i -> readAll("t", i % 4, 7).stream()
                        .map(MessageExt::queueId)
                        .toList()
                        .equals(Collections.nCopies(50, i % 4)))
                .toList();
        // then
        assertThat(right).hasSize(400).containsOnly(true);
    }

    @Test
    void shouldTellAQueueThatIsNotThereFromOneThatHasNothing() throws IOException {
        // given
        disk.createDirectories(Stores.ROOT.resolve("consumequeue/empty/0"));
        store.kill();
        store = Stores.start(Stores.config(), disk);
        // when, then
        assertThat(get("never", 0, 5, 1, MessageFilter.ALL)).returns(GetMessageStatus.NO_MATCHED_LOGIC_QUEUE,
                GetMessageResult::status).returns(0L, GetMessageResult::nextBeginOffset);
        assertThat(get("empty", 0, 5, 1, MessageFilter.ALL)).returns(GetMessageStatus.NO_MESSAGE_IN_QUEUE,
                GetMessageResult::status).returns(0L, GetMessageResult::nextBeginOffset);
    }

    @Test
    void shouldGiveNoMoreThanWasAskedForNorThanTheSettingsAllow() {
        // given
        put("t", 0, 100);
        // when, then
        assertThat(countOf(get("t", 0, 0, 7, MessageFilter.ALL))).isEqualTo(7);
        assertThat(countOf(get("t", 0, 0, 1_000, MessageFilter.ALL))).isEqualTo(32);
    }

    @Test
    void shouldGiveNoMoreBytesThanTheSettingsAllowButAtLeastOneMessage() {
        // given
        store.kill();
        store = Stores.start(Stores.config().set(StoreSetting.MAX_TRANSFER_BYTES_ON_MESSAGE_IN_MEMORY, 1_000), disk);
        store.putMessage(Stores.message("large", 0).body(new byte[5_000]));
        store.putMessage(Stores.message("large", 0).body(new byte[10]));
        for (int i = 0; i < 5; i++) {
            store.putMessage(Stores.message("t", 0).body(new byte[300]));
        }
        dispatched();
        // when, then
        assertThat(countOf(get("large", 0, 0, 32, MessageFilter.ALL))).isEqualTo(1);
        assertThat(countOf(get("t", 0, 0, 32, MessageFilter.ALL))).isEqualTo(2);
    }

    @Test
    void shouldGiveLessOfWhatIsHardlyInMemoryAndSuggestASlave() {
        // given a machine with so little memory that 40 % of it is 20,000 bytes
        store.kill();
        store = Stores.start(Stores.config(), new WallClockEnvironment(disk, 1_000_000).withMachineOf(50_000));
        put("t", 0, 100);
        store.putMessage(Stores.message("t", 0).body(new byte[30_000]));
        dispatched();
        // when
        try (GetMessageResult old = get("t", 0, 0, 32, MessageFilter.ALL)) {
            // then
            assertThat(old.messageCount()).isEqualTo(8);
            assertThat(old.suggestPullingFromSlave()).isTrue();
        }
        assertThat(store.checkInDiskByConsumeOffset("t", 0, 0)).isTrue();
        store.putMessage(Stores.message("t", 0));
        dispatched();
        assertThat(store.checkInDiskByConsumeOffset("t", 0, 101)).isFalse();
        assertThat(store.checkInDiskByConsumeOffset("t", 0, 500)).isFalse();
    }

    @Test
    void shouldFilterByTagsAndGoOnBehindWhatItLookedAt() {
        // given
        for (String tag : List.of("red", "blue", "red", "Aa", "", "blue")) {
            store.putMessage(
                    Stores.message("t", 0).propertiesString(tag.isEmpty() ? "" : "TAGS\u0001" + tag + "\u0002"));
        }
        dispatched();
        // when, then
        assertThat(offsets("red")).containsExactly(0L, 2L);
        assertThat(offsets("blue || red")).containsExactly(0L, 1L, 2L, 5L);
        assertThat(offsets("*")).hasSize(6);
        assertThat(offsets("BB")).as("only hashes are compared").containsExactly(3L);
        try (GetMessageResult none = get("t", 0, 0, 32, MessageFilter.byTags("green"))) {
            assertThat(none.status()).isEqualTo(GetMessageStatus.NO_MATCHED_MESSAGE);
            assertThat(none.nextBeginOffset()).isEqualTo(6);
        }
    }

    @Test
    void shouldAskTheFilterOnceForEachEntryHoweverFarTheWantedOnesLieApart() {
        // given one file of entries, as a read ends where one does
        store.kill();
        store = Stores.start(Stores.config()
                .set(StoreSetting.MAPPED_FILE_SIZE_CONSUME_QUEUE,
                        400 * ConsumeQueueEntry.BYTES),
                disk);
        for (int i = 0; i < 300; i++) {
            store.putMessage(Stores.message("t", 0)
                    .propertiesString("TAGS\u0001" + (i % 40 == 39 ? "red" : "blue") + "\u0002"));
        }
        dispatched();
        AtomicInteger asked = new AtomicInteger();
        MessageFilter red = tagsCode -> {
            asked.incrementAndGet();
            return tagsCode == "red".hashCode();
        };
        // when
        try (GetMessageResult all = get("t", 0, 0, 32, red)) {
            // then
            assertThat(all.messages()).extracting(MessageExt::queueOffset)
                    .containsExactly(39L, 79L, 119L, 159L, 199L, 239L, 279L);
            assertThat(all.nextBeginOffset()).isEqualTo(300);
            assertThat(asked).hasValue(300);
        }
        try (GetMessageResult three = get("t", 0, 0, 3, red)) {
            assertThat(three.messages()).extracting(MessageExt::queueOffset).containsExactly(39L, 79L, 119L);
            assertThat(three.nextBeginOffset()).isEqualTo(120);
        }
    }

    @Test
    void shouldAskTheFilterForTheWholeRecordToo() {
        // given
        put("t", 0, 10);
        MessageFilter longOnes = new MessageFilter() {
            @Override
            public boolean isMatchedByConsumeQueue(long tagsCode) {
                return true;
            }

            @Override
            public boolean isMatchedByCommitLog(MemorySegment record) {
                return record.byteSize() >= MessageLayout.MIN_BYTES + "t".length() + 8;
            }
        };
        // when, then
        try (GetMessageResult result = get("t", 0, 0, 32, longOnes)) {
            assertThat(result.messages()).extracting(MessageExt::queueOffset).containsExactly(8L, 9L);
        }
    }

    @Test
    void shouldNeverServeWhatIsNoSoundRecord() {
        // given
        put("t", 0, 4);
        MessageExt second = LogContents.of(store).get(1);
        overwriteMagic(second.commitLogOffset());
        // when
        try (GetMessageResult before = get("t", 0, 0, 32, MessageFilter.ALL);
                GetMessageResult there = get("t", 0, 1, 32, MessageFilter.ALL);
                GetMessageResult behind = get("t", 0, 2, 32, MessageFilter.ALL)) {
            // then the reader is told of what it misses, between what it gets
            assertThat(before.messages()).extracting(MessageExt::queueOffset).containsExactly(0L);
            assertThat(before.nextBeginOffset()).isEqualTo(1);
            assertThat(there.status()).isEqualTo(GetMessageStatus.MESSAGE_WAS_REMOVING);
            assertThat(there.nextBeginOffset()).isEqualTo(2);
            assertThat(behind.messages()).extracting(MessageExt::queueOffset).containsExactly(2L, 3L);
        }
    }

    @Test
    void shouldSayThatMessagesWereRemovedWhenNoneIsLeftThere() {
        // given
        put("t", 0, 1);
        overwriteMagic(0);
        // when, then
        try (GetMessageResult result = get("t", 0, 0, 32, MessageFilter.ALL)) {
            assertThat(result.status()).isEqualTo(GetMessageStatus.MESSAGE_WAS_REMOVING);
            assertThat(result.nextBeginOffset()).isEqualTo(1);
        }
    }

    @Test
    void shouldGiveNoPreparedAndNoRolledBackMessage() {
        // given
        store.putMessage(Stores.message("t", 0).sysFlag(SysFlag.TRANSACTION_PREPARED));
        store.putMessage(Stores.message("t", 0).sysFlag(SysFlag.TRANSACTION_COMMIT));
        store.putMessage(Stores.message("t", 0).sysFlag(SysFlag.TRANSACTION_ROLLBACK));
        store.putMessage(Stores.message("t", 0));
        dispatched();
        // when, then
        try (GetMessageResult result = get("t", 0, 0, 32, MessageFilter.ALL)) {
            assertThat(result.messages()).extracting(MessageExt::sysFlag)
                    .containsExactly(SysFlag.TRANSACTION_COMMIT, 0);
        }
    }

    @Test
    void shouldGiveTheMessagesOfABatchOneByOne() {
        // given
        store.putMessages(new MessageExtBatch(List.of(Stores.message("t", 0), Stores.message("t", 0).body(new byte[3]),
                Stores.message("t", 0))));
        dispatched();
        // when, then
        assertThat(readAll("t", 0, 2)).extracting(message -> message.body().length).containsExactly(10, 3, 10);
    }

    @Test
    void shouldKnowOffsetsAndTimes() {
        // given messages at 1,000, 2,000 … 5,000
        store.kill();
        WallClockEnvironment environment = new WallClockEnvironment(disk, 1_000);
        store = Stores.start(Stores.config(), environment);
        for (int i = 1; i <= 5; i++) {
            environment.set(i * 1_000L);
            store.putMessage(Stores.message("t", 0));
        }
        dispatched();
        // when, then
        assertThat(store.getMinOffsetInQueue("t", 0)).isZero();
        assertThat(store.getMaxOffsetInQueue("t", 0)).isEqualTo(5);
        assertThat(store.getMessageTotalInQueue("t", 0)).isEqualTo(5);
        assertThat(store.getMessageTotalInQueue("never", 0)).isZero();
        assertThat(store.getCommitLogOffsetInQueue("t", 0, 2)).hasValue(
                LogContents.of(store).get(2).commitLogOffset());
        assertThat(store.getCommitLogOffsetInQueue("t", 0, 5)).isEmpty();
        assertThat(store.getMessageStoreTimeStamp("t", 0, 2)).hasValue(3_000);
        assertThat(store.getMessageStoreTimeStamp("t", 0, 7)).isEmpty();
        assertThat(store.getEarliestMessageTime("t", 0)).hasValue(1_000);
        assertThat(store.getEarliestMessageTime("t", 1)).isEmpty();
        assertThat(store.getEarliestMessageTime()).hasValue(1_000);
        assertThat(LongStream.of(0, 1_000, 1_001, 3_000, 5_000, 5_001)
                .map(time -> store.getOffsetInQueueByTime("t", 0, time))).containsExactly(0L, 0L, 1L, 2L, 4L, 5L);
        assertThat(store.getOffsetInQueueByTime("never", 0, 1_000)).isZero();
        assertThat(store.getConsumeQueue("t", 0).orElseThrow().entry(4).orElseThrow().sizeBytes()).isEqualTo(
                LogContents.of(store).get(4).storeSizeBytes());
        assertThat(store.getDispatcherList()).as("queues, then index").element(1).isInstanceOf(IndexCatchUp.class);
    }

    @Test
    void shouldGoOverAnEntryThatPointsBehindAnyLog() {
        // given a damaged page of a queue
        put("t", 0, 3);
        dispatched();
        ConsumeQueueEntry.write(store.getConsumeQueue("t", 0).orElseThrow().files().files().getFirst().mapping(),
                ConsumeQueueEntry.BYTES, Long.MAX_VALUE - 10, 100, 0);
        // when, then
        try (GetMessageResult first = get("t", 0, 0, 3, MessageFilter.ALL);
                GetMessageResult behind = get("t", 0, 1, 3, MessageFilter.ALL)) {
            assertThat(first.messageCount()).isEqualTo(1);
            assertThat(behind.messageCount()).isZero();
            assertThat(behind.nextBeginOffset()).isEqualTo(2);
        }
    }

    @Test
    void shouldSelectOneMessageByItsOffset() {
        // given
        put("t", 0, 2);
        MessageExt second = LogContents.of(store).get(1);
        // when, then
        try (var lease = store.selectOneMessageByOffset(second.commitLogOffset()).orElseThrow()) {
            assertThat(lease.sizeBytes()).isEqualTo(second.storeSizeBytes());
        }
        store.selectOneMessageByOffset(second.commitLogOffset(), second.storeSizeBytes()).orElseThrow().close();
        assertThat(store.selectOneMessageByOffset(second.commitLogOffset(), second.storeSizeBytes() - 1)).isEmpty();
        assertThat(store.selectOneMessageByOffset(second.commitLogOffset() + 1)).isEmpty();
        assertThat(store.selectOneMessageByOffset(store.getMaxPhyOffset())).isEmpty();
    }

    @Test
    void shouldRefuseToReadAStoreThatIsNotOpen() {
        // given
        store.shutdown();
        // when, then
        assertThatThrownBy(() -> get("t", 0, 0, 1, MessageFilter.ALL)).isInstanceOf(StoreException.class)
                .hasMessageContaining("CLOSED");
    }

    @Test
    void shouldGoOnReadingAfterTheStoreWasOpenedAgain() {
        // given
        put("t", 0, 60);
        MessageStoreConfig config = store.config();
        store.shutdown();
        // when
        store = new DefaultMessageStore(config, LiveEnvironment.builder().disk(disk).build());
        store.load();
        // then
        assertThat(readAll("t", 0, 32)).hasSize(60);
    }

    private void put(String topic, int queueId, int count) {
        for (int i = 0; i < count; i++) {
            store.putMessage(Stores.message(topic, queueId).body(new byte[i]));
        }
        dispatched();
    }

    private void dispatched() {
        store.flush();
        Stores.await(() -> store.dispatchBehindBytes() == 0);
    }

    private GetMessageResult get(String topic, int queueId, long queueOffset, int max, MessageFilter filter) {
        return store.getMessage("group", topic, queueId, queueOffset, max, filter);
    }

    private static int countOf(GetMessageResult result) {
        try (result) {
            return result.messageCount();
        }
    }

    private List<Long> offsets(String tags) {
        try (GetMessageResult result = get("t", 0, 0, 32, MessageFilter.byTags(tags))) {
            assertThat(result.nextBeginOffset()).isEqualTo(6);
            return result.messages().stream().map(MessageExt::queueOffset).toList();
        }
    }

    private List<MessageExt> readAll(String topic, int queueId, int max) {
        List<MessageExt> all = new ArrayList<>();
        long next = 0;
        while (true) {
            try (GetMessageResult result = get(topic, queueId, next, max, MessageFilter.ALL)) {
                if (result.status() != GetMessageStatus.FOUND) {
                    assertThat(result.status()).isEqualTo(GetMessageStatus.OFFSET_OVERFLOW_ONE);
                    return all;
                }
                all.addAll(result.messages());
                next = result.nextBeginOffset();
            }
        }
    }

    private void overwriteMagic(long commitLogOffset) {
        try (var file = disk.open(LOG.resolve("00000000000000000000"))) {
            file.map().set(ValueLayout.JAVA_BYTE, commitLogOffset + MessageLayout.MAGIC, (byte) 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
