package dev.storescope.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.env.LiveEnvironment;
import dev.storescope.engine.env.StoreThread;
import dev.storescope.engine.testing.LogContents;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Many producers at once: no offset is missing or given twice, and the log can be read from end to end.
class ConcurrentPutsTest {
    private static final int TOPICS = 3;
    private static final int QUEUES = 4;
    private static final long JOIN_TIMEOUT_NS = 60_000_000_000L;

    private enum Mode {
        SYNC, ASYNC, POOL
    }

    private enum Producers {
        PLATFORM(16, 300), VIRTUAL(64, 80);

        private final int count;
        private final int putsEach;

        Producers(int count, int putsEach) {
            this.count = count;
            this.putsEach = putsEach;
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void shouldGiveEachQueueItsOffsetsWithoutGapOrDuplicate(Mode mode, PutMessageLockKind lock, Producers producers) {
        // given
        LiveEnvironment environment = LiveEnvironment.builder().disk(new UnforcedDisk()).build();
        DefaultMessageStore store = Stores.start(config(mode, lock), environment);
        Queue<Put> puts = new ConcurrentLinkedQueue<>();

        // when
        List<StoreThread> threads = new ArrayList<>();
        for (int i = 0; i < producers.count; i++) {
            int producer = i;
            Runnable task = () -> produce(store, producer, producers.putsEach, puts);
            threads.add(switch (producers) {
                case PLATFORM -> environment.start("producer-" + producer, task);
                case VIRTUAL -> environment.startLight("producer-" + producer, task);
            });
        }
        assertThat(threads).allMatch(thread -> thread.join(JOIN_TIMEOUT_NS));
        store.flush();

        // then
        assertThat(puts).hasSize(producers.count * producers.putsEach);
        assertThat(puts).allMatch(put -> put.result.status() == PutMessageStatus.PUT_OK);
        List<MessageExt> stored = LogContents.of(store);
        assertOffsetsWithoutGap(stored);
        assertEachPutIsWhereItWasTold(puts, stored);
        assertCountsAgree(store.snapshot(), puts, stored);
        store.shutdown();
    }

    static Stream<Arguments> shapes() {
        return Arrays.stream(Mode.values())
                .flatMap(mode -> Arrays.stream(PutMessageLockKind.values())
                        .flatMap(lock -> Arrays.stream(Producers.values())
                                .map(producers -> arguments(mode, lock, producers))));
    }

    private static MessageStoreConfig.Builder config(Mode mode, PutMessageLockKind lock) {
        return Stores.config()
                .set(StoreSetting.USE_REENTRANT_LOCK_WHEN_PUT_MESSAGE, lock == PutMessageLockKind.REENTRANT)
                .set(StoreSetting.FLUSH_DISK_TYPE,
                        mode == Mode.SYNC ? FlushDiskType.SYNC_FLUSH : FlushDiskType.ASYNC_FLUSH)
                .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, mode == Mode.POOL);
    }

    /// Puts alone and in batches, blocking and not, with bodies that say who put them.
    private static void produce(MessageStore store, int producer, int count, Queue<Put> puts) {
        Random random = new Random(producer);
        for (int i = 0; i < count; i++) {
            String topic = "topic-" + random.nextInt(TOPICS);
            int queueId = random.nextInt(QUEUES);
            List<MessageExtBrokerInner> messages = new ArrayList<>();
            for (int member = random.nextInt(5) == 0 ? random.nextInt(4) : 0; member >= 0; member--) {
                messages.add(new MessageExtBrokerInner().topic(topic)
                        .queueId(queueId)
                        .body(body(producer, i, messages.size(), random)));
            }
            MessageExtBatch batch = new MessageExtBatch(messages);
            boolean single = messages.size() == 1;
            CompletableFuture<PutMessageResult> put = switch (random.nextInt(2)) {
                case 0 -> single ? store.asyncPutMessage(batch.first()) : store.asyncPutMessages(batch);
                default -> CompletableFuture
                        .completedFuture(single ? store.putMessage(batch.first()) : store.putMessages(batch));
            };
            puts.add(new Put(producer, i, messages.size(), put.join()));
        }
    }

    private static byte[] body(int producer, int number, int member, Random random) {
        return ByteBuffer.allocate(12 + random.nextInt(1_500)).putInt(producer).putInt(number).putInt(member).array();
    }

    private static void assertOffsetsWithoutGap(List<MessageExt> stored) {
        Map<String, Long> next = new HashMap<>();
        long lastStoreTimestamp = 0;
        for (MessageExt message : stored) {
            String queue = message.topic() + "/" + message.queueId();
            assertThat(message.queueOffset()).as(queue).isEqualTo(next.getOrDefault(queue, 0L));
            next.put(queue, message.queueOffset() + 1);
            assertThat(message.storeTimestamp()).as("the log's order is time order")
                    .isGreaterThanOrEqualTo(lastStoreTimestamp);
            lastStoreTimestamp = message.storeTimestamp();
        }
        assertThat(next).hasSize(TOPICS * QUEUES);
    }

    private static void assertEachPutIsWhereItWasTold(Queue<Put> puts, List<MessageExt> stored) {
        Map<Long, MessageExt> byOffset = new HashMap<>();
        stored.forEach(message -> byOffset.put(message.commitLogOffset(), message));
        int messages = 0;
        for (Put put : puts) {
            long offset = put.result.append().wroteOffset();
            for (int member = 0; member < put.messages; member++) {
                MessageExt message = byOffset.get(offset);
                assertThat(message).as("%s, member %d", put, member).isNotNull();
                ByteBuffer body = ByteBuffer.wrap(message.body());
                assertThat(List.of(body.getInt(), body.getInt(), body.getInt()))
                        .containsExactly(put.producer, put.number, member);
                assertThat(message.queueOffset()).isEqualTo(put.result.append().queueOffset() + member);
                offset += message.storeSizeBytes();
                messages++;
            }
            assertThat(offset).isEqualTo(put.result.append().nextOffset());
        }
        assertThat(stored).hasSize(messages);
    }

    private static void assertCountsAgree(StoreSnapshot snapshot, Queue<Put> puts, List<MessageExt> stored) {
        assertThat(snapshot.counters().puts(PutMessageStatus.PUT_OK)).isEqualTo(puts.size());
        assertThat(snapshot.counters().failedPuts()).isZero();
        assertThat(snapshot.counters().messages()).isEqualTo(stored.size());
        assertThat(snapshot.counters().messageBytes())
                .isEqualTo(stored.stream().mapToLong(MessageExt::storeSizeBytes).sum());
        assertThat(snapshot.log().wrote().messages()).isEqualTo(stored.size());
        assertThat(snapshot.log().flushed()).isEqualTo(snapshot.log().wrote());
        assertThat(snapshot.files().stream().mapToLong(StoreSnapshot.FileSnapshot::messages).sum())
                .isEqualTo(stored.size());
        assertThat(snapshot.counters().fileRolls())
                .isEqualTo(snapshot.log().wrote().offset() / Stores.FILE_BYTES);
    }

    /// What one put was told.
    private record Put(int producer, int number, int messages, PutMessageResult result) {
    }
}
