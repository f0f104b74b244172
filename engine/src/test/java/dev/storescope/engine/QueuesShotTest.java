package dev.storescope.engine;

import static dev.storescope.engine.testing.Stores.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.StoreSnapshot.DispatchSnapshot;
import dev.storescope.engine.api.StoreSnapshot.QueueSnapshot;
import dev.storescope.engine.api.StoreSnapshot.QueuesShown;
import dev.storescope.engine.log.QueueOffsets;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueuesShotTest {
    private static final int MANY = DispatchSnapshot.MOST_QUEUES + 50;

    private final DefaultMessageStore store = Stores.start(Stores.config(), new UnforcedDisk());

    @AfterEach
    void close() {
        store.kill();
    }

    @Test
    void shouldShowAllQueuesWithTheirLastMessage() {
        // given
        store.putMessage(message("b", 1));
        store.putMessage(message("a", 2));
        long last = store.putMessage(message("b", 1)).append().wroteOffset();
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        // when
        DispatchSnapshot dispatch = store.snapshot().dispatch();
        // then
        assertThat(dispatch.shown()).isEqualTo(QueuesShown.ALL);
        assertThat(dispatch.queueCount()).isEqualTo(2);
        assertThat(dispatch.entries()).isEqualTo(3);
        assertThat(dispatch.queues()).extracting(QueueSnapshot::topic).containsExactly("a", "b");
        assertThat(dispatch.queues().getLast().maxOffset()).isEqualTo(2);
        assertThat(dispatch.queues().getLast().lastCommitLogOffset()).isEqualTo(last);
        // when
        store.deleteTopics(Set.of("a", "b"));
        // then
        assertThat(store.snapshot().dispatch().queues()).isEmpty();
    }

    @Test
    void shouldCountAllOfManyQueuesAndShowTheFirst() {
        // given
        fill();
        // when
        DispatchSnapshot dispatch = store.snapshot().dispatch();
        // then
        assertThat(dispatch.shown()).isEqualTo(QueuesShown.FURTHEST_BEHIND);
        assertThat(dispatch.queueCount()).isEqualTo(MANY);
        assertThat(dispatch.entries()).isEqualTo(MANY);
        assertThat(dispatch.queues()).extracting(QueueSnapshot::queueId)
                .containsExactlyElementsOf(IntStream.range(0, DispatchSnapshot.MOST_QUEUES).boxed().toList());
        assertThat(store.getQueueIds("topic")).hasSize(MANY).isSorted();
        assertThat(store.getQueueIds("none")).isEmpty();
    }

    @Test
    void shouldNameTheTopicsOfAllQueuesHoweverManyThereAre() {
        // given
        store.putMessage(message("a", 0));
        fill();
        store.putMessage(message("z", 0));
        Stores.await(() -> store.dispatchBehindBytes() == 0);
        // when
        DispatchSnapshot dispatch = store.snapshot().dispatch();
        // then
        assertThat(dispatch.queues()).extracting(QueueSnapshot::topic).doesNotContain("z");
        assertThat(dispatch.topics()).containsExactly("a", "topic", "z");
    }

    @Test
    void shouldShowThoseOfManyQueuesThatAreFurthestBehind() {
        // given
        fill();
        QueueOffsets offsets = new QueueOffsets();
        offsets.begin("topic", MANY - 1, 10);
        offsets.begin("topic", MANY - 3, 3);
        // when
        QueuesShot shot = QueuesShot.of(IntStream.range(0, MANY)
                .mapToObj(queueId -> store.getConsumeQueue("topic", queueId).orElseThrow())
                .toList(), offsets);
        // then
        assertThat(shot.queues()).hasSize(DispatchSnapshot.MOST_QUEUES);
        List<QueueSnapshot> last = shot.queues()
                .subList(DispatchSnapshot.MOST_QUEUES - 3,
                        DispatchSnapshot.MOST_QUEUES);
        assertThat(last).extracting(QueueSnapshot::queueId)
                .containsExactly(DispatchSnapshot.MOST_QUEUES - 3, MANY - 3, MANY - 1);
        assertThat(last).extracting(QueueSnapshot::behind).containsExactly(0L, 2L, 9L);
    }

    private void fill() {
        for (int queueId = 0; queueId < MANY; queueId++) {
            store.putMessage(message("topic", queueId));
        }
        Stores.await(() -> store.dispatchBehindBytes() == 0);
    }
}
