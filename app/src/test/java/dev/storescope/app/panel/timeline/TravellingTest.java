package dev.storescope.app.panel.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.trace.TimeTravel;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.probe.ProbePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The timeline of a world that one can travel in: a hundred forces, one a millisecond.
class TravellingTest {
    private static final long MILLI = 1_000_000;
    private static final String NBSP = "\u00a0";

    private final Recorded recorded = new Recorded();
    private final FakeTravel world = new FakeTravel();
    private final Texts texts = new Texts(Language.ENGLISH);
    private final TimelineViewModel model = new TimelineViewModel(texts);
    private final Finding finding = new Finding(texts, model);

    /// A world that goes wherever it is told to at once.
    private static final class FakeTravel implements TimeTravel {
        private final List<Long> wishes = new ArrayList<>();
        private long nanos = 100 * MILLI;
        private long latest = 100 * MILLI;

        @Override
        public long earliestNanos() {
            return 0;
        }

        @Override
        public long nowNanos() {
            return nanos;
        }

        @Override
        public long latestNanos() {
            return latest;
        }

        @Override
        public void travelTo(long nanoTime) {
            wishes.add(nanoTime);
            nanos = nanoTime;
        }

        void goOnTo(long nanoTime) {
            nanos = nanoTime;
            latest = Math.max(latest, nanos);
        }
    }

    @BeforeEach
    void recordHundredForces() {
        for (int i = 0; i < 100; i++) {
            recorded.put(i % 4, i * 1_000L, i * 1_000L + 900, i * 500L, 500);
            recorded.force(i * 1_000L + 500, i * 1_000L + 890, i * 500L, 500);
        }
        recorded.withTravel(world);
        frame();
    }

    private void frame() {
        model.update(recorded.frame());
    }

    @Test
    void shouldBeAtTheRightEdgeWhileNothingIsAhead() {
        assertThat(model.window()).isEqualTo(new TimeWindow(80 * MILLI, 20 * MILLI));
        assertThat(model.travellingProperty().get()).isTrue();
        assertThat(model.hintProperty().get())
                .startsWith("20" + NBSP + "ms seen · the world is at 100.000" + NBSP + "000" + NBSP + "ms")
                .doesNotContain("ahead");
    }

    @Test
    void shouldTakeTheWorldToWhereOneDragsOfAllStepsOfAFrameOnlyToTheLast() {
        // when
        for (long at = 99; at >= 50; at--) {
            model.scrub(at * MILLI);
        }
        frame();
        frame();
        // then
        assertThat(world.wishes).containsExactly(50 * MILLI);
        assertThat(model.playhead().nanos()).isEqualTo(50 * MILLI);
        assertThat(model.followingProperty().get()).as("one sees where the world goes").isTrue();
    }

    @Test
    void shouldNotLeaveWhatTheRunHasSeen() {
        model.scrub(-5 * MILLI);
        frame();
        model.scrub(150 * MILLI);
        frame();

        assertThat(world.wishes).containsExactly(0L, 100 * MILLI);
    }

    @Test
    void shouldKeepWhatIsAheadAndSayHowMuchItIs() {
        // when
        model.scrub(60 * MILLI);
        frame();
        frame();
        // then
        assertThat(model.playhead().isInPast()).isTrue();
        assertThat(model.recording().toNanos()).as("the future that is known").isEqualTo(99_900_000);
        assertThat(model.nowNanos()).isEqualTo(100 * MILLI);
        assertThat(model.hintProperty().get()).endsWith("1 put in 16 is told")
                .contains("40" + NBSP + "ms ahead are known");
    }

    @Test
    void shouldNotClaimThatSomethingWasUnderWayWhereNobodyLooked() {
        // given a world that went on and back between two frames
        world.goOnTo(140 * MILLI);
        world.nanos = 90 * MILLI;
        // when
        frame();
        // then
        assertThat(model.nowNanos()).isEqualTo(100 * MILLI);
        assertThat(model.playhead().latestNanos()).isEqualTo(140 * MILLI);
    }

    @Test
    void shouldMoveTheWindowOnlyAsFarAsThePlayheadNeedsIt() {
        // when the playhead stays within what is seen
        world.nanos = 90 * MILLI;
        frame();
        // then
        assertThat(model.window()).isEqualTo(new TimeWindow(80 * MILLI, 20 * MILLI));
        // when it goes out to the left
        world.nanos = 40 * MILLI;
        frame();
        // then a tenth of the window lies before it
        assertThat(model.window()).isEqualTo(new TimeWindow(38 * MILLI, 20 * MILLI));
        // when it goes on to the right
        world.goOnTo(57 * MILLI);
        frame();
        // then a tenth of what is ahead is seen
        assertThat(model.window()).isEqualTo(new TimeWindow(39 * MILLI, 20 * MILLI));
        // when the run goes where it has not been
        world.goOnTo(130 * MILLI);
        frame();
        // then
        assertThat(model.window()).isEqualTo(new TimeWindow(110 * MILLI, 20 * MILLI));
    }

    @Test
    void shouldLetOneLookElsewhereWhileTheWorldStands() {
        model.zoom(0.5, OptionalLong.of(85 * MILLI));
        frame();
        assertThat(model.window()).isEqualTo(new TimeWindow(82_500_000, 10 * MILLI));

        model.pan(-2);
        world.nanos = 90 * MILLI;
        frame();
        assertThat(model.window()).as("whoever pans is not taken along")
                .isEqualTo(
                        new TimeWindow(62_500_000, 10 * MILLI));

        model.follow();
        assertThat(model.window().contains(90 * MILLI)).isTrue();
    }

    @Test
    void shouldTravelFromEventToEventOfWhatIsLookedFor() {
        // when
        finding.travelBack("force");
        frame();
        finding.travelBack("force");
        frame();
        finding.travelOn("force");
        frame();
        // then
        assertThat(world.wishes).containsExactly(99_500_000L, 98_500_000L, 99_500_000L);
        assertThat(model.pointing().placeProperty().get()).startsWith(Recorded.FLUSHER).contains("force 500");
        // when there is none ahead
        assertThat(finding.travelOn("force")).isEmpty();
        frame();
        assertThat(world.wishes).hasSize(3);
        assertThat(model.pointing().placeProperty().get()).contains("Nothing more of that");
    }

    @Test
    void shouldTravelToMoreOfTheKindThatIsChosenAndElseToAnything() {
        // when nothing is typed and nothing chosen
        var anything = finding.travelBack("");
        frame();
        // then
        assertThat(anything).get().extracting(Hit::startNanos).isEqualTo(99_500_000L);
        // when
        finding.travelBack("wait for lock");
        long lockWait = model.playhead().targetNanos();
        finding.travelBack("");
        frame();
        frame();
        // then
        assertThat(model.playhead().nanos()).isEqualTo(lockWait - MILLI);
    }

    @Test
    void shouldTravelToWhatAThreadDid() {
        finding.travelBack("producer-2");
        frame();
        frame();

        assertThat(model.playhead().nanos()).isBetween(98 * MILLI, 99 * MILLI);
    }

    @Test
    void shouldCountFromTheBeginningOfTheWorld() {
        assertThat(model.origin()).isEqualTo(TimeOrigin.BEGINNING);
        assertThat(TimeOrigin.BEGINNING.text(12_345_678)).isEqualTo("12.345" + NBSP + "678" + NBSP + "ms");
        assertThat(TimeOrigin.BEGINNING.tick(12_000_000, 2_000_000)).isEqualTo("12" + NBSP + "ms");
        assertThat(TimeOrigin.BEGINNING.tick(12_500_000, 500_000)).isEqualTo("12.500" + NBSP + "ms");
        assertThat(TimeOrigin.BEGINNING.tick(1_012_500_000, 500_000))
                .isEqualTo("1.012" + NBSP + "500" + NBSP + "s");
        assertThat(TimeOrigin.BEGINNING.tick(5_000_000_000L, 1_000_000_000)).isEqualTo("5" + NBSP + "s");
    }

    @Test
    void shouldForgetARunThatIsShownNoMore() {
        // given
        model.mark(10 * MILLI, 20 * MILLI);
        // when another run is shown
        recorded.restarted().event(5_000, "ReputMessageService", ProbePoint.DISPATCHED, 0, 500);
        world.nanos = 6 * MILLI;
        world.latest = 6 * MILLI;
        frame();
        // then
        assertThat(model.measuring().markers()).isEqualTo(Markers.NONE);
        assertThat(model.recording().lanes()).hasSize(1);
        assertThat(model.window().toNanos()).isEqualTo(6 * MILLI);
    }
}
