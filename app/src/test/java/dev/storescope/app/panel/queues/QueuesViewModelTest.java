package dev.storescope.app.panel.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.Readings;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.IndexSnapshot;
import dev.storescope.engine.api.StoreSnapshot.DispatchSnapshot;
import dev.storescope.engine.api.StoreSnapshot.QueueSnapshot;
import dev.storescope.engine.api.StoreSnapshot.QueuesShown;
import dev.storescope.engine.load.ConsumeSnapshot;
import dev.storescope.engine.load.ConsumeSnapshot.Position;
import dev.storescope.engine.load.ConsumeSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueuesViewModelTest {
    private static final ConsumeSnapshot NOBODY = ConsumeSnapshot.of(ConsumeSpec.NOTHING);

    private final Readings readings = new Readings();
    private final QueuesViewModel model = new QueuesViewModel(new Texts(Language.ENGLISH));

    @Test
    void shouldSayNothingWhileNoStoreIsOpen() {
        model.update(readings.without(new SessionState.NoStore()).frame(), NOBODY);

        assertThat(model.keys()).isEmpty();
        assertThat(model.summaryProperty().get()).isEmpty();
        assertThat(model.hintProperty().get()).isEmpty();
    }

    @Test
    void shouldListEachQueueWithWhatIsNotSettledAndWhereItsLastMessageLies() {
        // when
        model.update(readings.dispatch(dispatch(QueuesShown.ALL, 2, queue("a", 0, 10, 30, 40, 3, 4_711),
                queue("b", 1, 0, 0, 0, 1, -1))).frame(), NOBODY);
        // then
        assertThat(model.keys()).containsExactly(new QueueKey("a", 0), new QueueKey("b", 1));
        QueueLine first = model.line(new QueueKey("a", 0)).orElseThrow();
        assertThat(first.entries()).isEqualTo(30);
        assertThat(first.notFlushed()).isEqualTo(10);
        assertThat(first.unsettled()).isEqualTo(13);
        assertThat(first.lastCommitLogOffset()).hasValue(4_711);
        assertThat(first.consumerLag()).as("of a queue from which nobody pulls").isEmpty();
        assertThat(model.line(new QueueKey("b", 1)).orElseThrow().lastCommitLogOffset())
                .as("of a queue without entries")
                .isEmpty();
        assertThat(model.summaryProperty().get()).isEqualTo("2 of 2 queues · 30 entries in all");
    }

    @Test
    void shouldShowTheLagOfTheQueuesThatAreConsumed() {
        // given
        var consumer = new ConsumeSnapshot(ConsumeSpec.NOTHING.withTopic("a"), true,
                List.of(new Position(0, 25, 10, 40)),
                0, Optional.empty(), List.of(), "");
        // when
        model.update(readings.dispatch(dispatch(QueuesShown.ALL, 2, queue("a", 0, 10, 40, 40, 0, 1),
                queue("b", 0, 10, 40, 40, 0, 2))).frame(), consumer);
        // then
        assertThat(model.line(new QueueKey("a", 0)).orElseThrow().consumerLag()).hasValue(15);
        assertThat(model.line(new QueueKey("b", 0)).orElseThrow().consumerLag()).isEmpty();
    }

    @Test
    void shouldShowOnlyTopicsWithTheTextOfTheFilterAndCountThem() {
        // given
        model.update(readings.dispatch(dispatch(QueuesShown.ALL, 3, queue("Orders", 0, 0, 9, 9, 0, 1),
                queue("orders-late", 0, 0, 9, 9, 0, 2), queue("pay", 0, 0, 9, 9, 0, 3))).frame(), NOBODY);
        // when
        model.filter(" ORDERS ");
        // then
        assertThat(model.keys()).extracting(QueueKey::topic).containsExactly("Orders", "orders-late");
        assertThat(model.summaryProperty().get()).startsWith("2 of 3 queues");
        // when
        model.filter("");
        // then
        assertThat(model.keys()).hasSize(3);
    }

    @Test
    void shouldSayWhichOnesAreShownOfVeryMany() {
        // when
        model.update(readings.dispatch(dispatch(QueuesShown.FURTHEST_BEHIND, 1_200, queue("a", 0, 0, 9, 9, 7, 1),
                queue("b", 0, 0, 9, 9, 5, 2))).frame(), NOBODY);
        model.filter("b");
        // then
        assertThat(model.summaryProperty().get())
                .isEqualTo("1 of the 2 that are furthest behind, of 1\u00a0200 queues · 18 entries in all");
    }

    @Test
    void shouldKeepItsKeysAsLongAsQueuesNeitherComeNorGo() {
        // given
        model.update(readings.dispatch(dispatch(QueuesShown.ALL, 1, queue("a", 0, 0, 9, 9, 0, 1))).frame(), NOBODY);
        long changes = model.changesProperty().get();
        var keys = List.copyOf(model.keys());
        // when
        model.update(readings.dispatch(dispatch(QueuesShown.ALL, 1, queue("a", 0, 0, 9, 12, 0, 1))).frame(), NOBODY);
        // then
        assertThat(model.keys()).isEqualTo(keys);
        assertThat(model.changesProperty().get()).isGreaterThan(changes);
        assertThat(model.line(new QueueKey("a", 0)).orElseThrow().maxOffset()).isEqualTo(12);
    }

    @Test
    void shouldHaveRoomInItsBarsForTheQueueThatIsFurthestFromSettled() {
        // when
        model.update(readings.dispatch(dispatch(QueuesShown.ALL, 2, queue("a", 0, 0, 0, 200, 57, 1),
                queue("b", 0, 0, 0, 3, 0, 2))).frame(), NOBODY);
        // then
        assertThat(model.scale()).isEqualTo(512);
        assertThat(model.hintProperty().get()).isEqualTo("a full bar: 512 entries");
    }

    private static QueueSnapshot queue(String topic, int queueId, long min, long flushed, long max, long behind,
            long lastCommitLogOffset) {
        return new QueueSnapshot(topic, queueId, min, flushed, max, behind, 1, lastCommitLogOffset);
    }

    private static DispatchSnapshot dispatch(QueuesShown shown, int queueCount, QueueSnapshot... queues) {
        long entries = List.of(queues).stream().mapToLong(queue -> queue.maxOffset() - queue.minOffset()).sum();
        return new DispatchSnapshot(0, 0, 0, 0, 0, queueCount, entries, List.of(queues), shown, IndexSnapshot.NONE);
    }
}
