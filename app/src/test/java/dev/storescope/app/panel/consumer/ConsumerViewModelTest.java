package dev.storescope.app.panel.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.Readings;
import dev.storescope.app.panel.consumer.ConsumerViewModel.Shown;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.GetMessageStatus;
import dev.storescope.engine.api.IndexSnapshot;
import dev.storescope.engine.api.StoreSnapshot.DispatchSnapshot;
import dev.storescope.engine.api.StoreSnapshot.QueueSnapshot;
import dev.storescope.engine.api.StoreSnapshot.QueuesShown;
import dev.storescope.engine.load.ConsumeSnapshot;
import dev.storescope.engine.load.ConsumeSnapshot.LastPull;
import dev.storescope.engine.load.ConsumeSnapshot.Position;
import dev.storescope.engine.load.ConsumeSnapshot.Received;
import dev.storescope.engine.load.ConsumeSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerViewModelTest {
    private static final ConsumeSpec OF_A = ConsumeSpec.NOTHING.withTopic("a");

    private final Readings readings = new Readings().dispatch(queues("a", "b"));
    private final ConsumerViewModel model = new ConsumerViewModel(new Texts(Language.ENGLISH));

    @Test
    void shouldShowNothingAsZeroWhileNoStoreIsOpen() {
        model.update(readings.without(new SessionState.NoStore()).frame(), ConsumeSnapshot.of(ConsumeSpec.NOTHING));

        assertThat(shown().received()).isEqualTo(Formats.UNKNOWN);
        assertThat(shown().lag()).isEqualTo(Formats.UNKNOWN);
        assertThat(model.readyProperty().get()).isFalse();
    }

    @Test
    void shouldOfferTheTopicsOfTheStoreAndTheQueuesOfTheChosenOne() {
        // when
        model.update(readings.frame(), ConsumeSnapshot.of(OF_A));
        // then
        assertThat(model.topics()).containsExactly("a", "b");
        assertThat(model.queues()).containsExactly(OptionalInt.empty(), OptionalInt.of(0), OptionalInt.of(1));
        assertThat(model.queueWords(OptionalInt.empty())).isEqualTo("all queues");
        assertThat(model.queueWords(OptionalInt.of(3))).isEqualTo("queue 3");
        assertThat(model.readyProperty().get()).isTrue();
        assertThat(shown().state()).isEqualTo("Begins at the first message.");
    }

    @Test
    void shouldKeepWhatIsOfferedWhileTheStoreIsClosedAndOpenedAgain() {
        // given
        model.update(readings.frame(), ConsumeSnapshot.of(OF_A));
        // when
        model.update(readings.without(new SessionState.NoStore()).frame(), ConsumeSnapshot.of(OF_A));
        // then
        assertThat(model.topics()).containsExactly("a", "b");
        assertThat(model.queues()).contains(OptionalInt.of(1));
        assertThat(model.readyProperty().get()).isFalse();
    }

    @Test
    void shouldKeepWhatIsChosenWhereASnapshotHasNotAllOfVeryManyQueues() {
        // given
        ConsumeSnapshot consumer = pulling(OF_A, true, 0, new Position(7, 0, 0, 9), new Position(8, 0, 0, 9));
        // when
        model.update(readings.dispatch(queues("b")).frame(), consumer);
        // then
        assertThat(model.topics()).containsExactly("a", "b");
        assertThat(model.queues()).containsExactly(OptionalInt.empty(), OptionalInt.of(7), OptionalInt.of(8));
    }

    @Test
    void shouldShowHowFarItIsAndHowItGoesOn() {
        // when
        model.update(readings.frame(), pulling(OF_A, true, 40, new Position(0, 20, 0, 50), new Position(1, 25, 0, 25)));
        // then
        assertThat(shown().received()).isEqualTo("40");
        assertThat(shown().lag()).isEqualTo("30");
        assertThat(shown().isBehind()).isTrue();
        assertThat(shown().next()).isEqualTo("20 … 25");
        assertThat(shown().state()).isEqualTo("Pulling.");
        assertThat(shown().status()).isEqualTo("FOUND");
        assertThat(shown().asked()).isEqualTo("queue 1 at 12");
        assertThat(model.messages()).extracting(Received::keys).containsExactly("k");
        // when
        model.update(readings.frame(), pulling(OF_A, true, 70, new Position(0, 50, 0, 50)));
        // then
        assertThat(shown().next()).isEqualTo("50");
        assertThat(shown().state()).startsWith("Has everything");
        // when
        model.update(readings.frame(), pulling(OF_A, false, 70, new Position(0, 50, 0, 50)));
        // then
        assertThat(shown().state()).isEqualTo("Stopped; it keeps its place.");
        assertThat(model.runningProperty().get()).isFalse();
    }

    @Test
    void shouldMeasureHowManyItGetsASecondWhileItPulls() {
        // given
        model.update(readings.after(1).frame(), pulling(OF_A, true, 100, new Position(0, 1, 0, 9)));
        // when
        model.update(readings.after(0.5).frame(), pulling(OF_A, true, 250, new Position(0, 1, 0, 9)));
        // then
        assertThat(shown().perSecond()).isEqualTo("300\u00a0/s");
        // when
        model.update(readings.after(0.5).frame(), pulling(OF_A, false, 250, new Position(0, 1, 0, 9)));
        // then
        assertThat(shown().perSecond()).as("of one that stands").isEqualTo(Formats.UNKNOWN);
    }

    @Test
    void shouldSayWhyItStoppedByItself() {
        var failed = new ConsumeSnapshot(OF_A, false, List.of(), 0, Optional.empty(), List.of(), "store closed");

        model.update(readings.frame(), failed);

        assertThat(shown().failed()).isTrue();
        assertThat(shown().state()).isEqualTo("Stopped: store closed");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "300 /s, 300", "100 000, 100000"})
    void shouldReadAPaceAsItIsWritten(String text, int pace) {
        assertThat(model.pace(text)).hasValue(pace);
        assertThat(model.checkPace(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "fast", "100001", "-3", "1.5", "1000000"})
    void shouldSayWhichPaceItExpected(String text) {
        assertThat(model.pace(text)).isEmpty();
        assertThat(model.checkPace(text)).hasValue("Expected a whole number from 1 to 100\u00a0000");
    }

    private Shown shown() {
        return model.shownProperty().get();
    }

    private static ConsumeSnapshot pulling(ConsumeSpec spec, boolean running, long received, Position... positions) {
        return new ConsumeSnapshot(spec, running, List.of(positions), received,
                Optional.of(new LastPull(1, 12, GetMessageStatus.FOUND, 3, 15)),
                List.of(new Received("a", 1, 12, 4_096, 200, "tag", "k")), "");
    }

    /// Two of each topic.
    private static DispatchSnapshot queues(String... topics) {
        List<QueueSnapshot> all = List.of(topics)
                .stream()
                .flatMap(topic -> List.of(0, 1)
                        .stream()
                        .map(queueId -> new QueueSnapshot(topic, queueId, 0, 50, 50, 0, 1, 100)))
                .toList();
        return new DispatchSnapshot(0, 0, 0, 0, 0, all.size(), 100, all, QueuesShown.ALL, IndexSnapshot.NONE);
    }
}
