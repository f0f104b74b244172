package dev.storescope.app.panel.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.timeline.Pointing.Pointed;
import dev.storescope.app.session.trace.LaneGroup;
import dev.storescope.app.session.trace.SpanStatistics;
import dev.storescope.app.session.trace.TraceKind;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.probe.ProbePoint;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TimelineViewModelTest {
    private static final long MILLI = 1_000_000;
    private static final String NBSP = "\u00a0";

    private final Recorded recorded = new Recorded();
    private final Texts texts = new Texts(Language.ENGLISH);
    private final TimelineViewModel model = new TimelineViewModel(texts);
    private final Finding finding = new Finding(texts, model);

    private void recordHundredForces() {
        for (int i = 0; i < 100; i++) {
            recorded.put(i % 4, i * 1_000L, i * 1_000L + 900, i * 500L, 500);
            recorded.force(i * 1_000L + 500, i * 1_000L + 890, i * 500L, 500);
        }
        // The readings' own clock, which the snapshot is of, has gone further than that.
        recorded.event(1_000_000, "ReputMessageService", ProbePoint.DISPATCHED, 0, 500);
        model.update(recorded.frame());
    }

    private Row row(String thread) {
        return model.rows()
                .stream()
                .filter(row -> row.lanes().getFirst().threadName().startsWith(thread))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldFollowThePresentUntilItIsStopped() {
        // given
        recordHundredForces();
        assertThat(model.followingProperty().get()).isTrue();
        assertThat(model.window().toNanos()).isEqualTo(1_000 * MILLI);
        // when
        model.pause();
        recorded.force(1_200_000, 1_201_000, 0, 1);
        model.update(recorded.frame());
        // then
        assertThat(model.window().toNanos()).isEqualTo(1_000 * MILLI);
        assertThat(model.recording().toNanos()).isEqualTo(1_000 * MILLI);
        // when
        model.follow();
        model.update(recorded.frame());
        // then
        assertThat(model.recording().toNanos()).isEqualTo(1_201 * MILLI);
        assertThat(model.window().toNanos()).isGreaterThanOrEqualTo(1_201 * MILLI);
    }

    @Test
    void shouldStandStillWhenOneLooksCloser() {
        recordHundredForces();

        model.pan(-0.5);

        assertThat(model.followingProperty().get()).isFalse();
        assertThat(model.window()).isEqualTo(new TimeWindow(970 * MILLI, 20 * MILLI));
    }

    @Test
    void shouldKeepThePresentAtTheEdgeWhenZoomedAndFollowing() {
        recordHundredForces();

        model.zoom(0.5, OptionalLong.of(5));

        assertThat(model.window()).isEqualTo(new TimeWindow(990 * MILLI, 10 * MILLI));
        assertThat(model.followingProperty().get()).isTrue();
    }

    @Test
    void shouldKeepWhatIsUnderTheMouseWhenZoomedAndStill() {
        recordHundredForces();
        model.pause();

        model.zoom(0.5, OptionalLong.of(985 * MILLI));

        assertThat(model.window()).isEqualTo(new TimeWindow(982_500_000, 10 * MILLI));
    }

    @Test
    void shouldNotPanAwayFromWhatIsRecorded() {
        recordHundredForces();

        model.pan(1_000);
        assertThat(model.window().fromNanos()).isEqualTo(990 * MILLI);
        model.pan(-1_000);
        assertThat(model.window().fromNanos()).isEqualTo(-10 * MILLI);
    }

    @Test
    void shouldShowAllThatIsRecorded() {
        recordHundredForces();

        model.showAll();

        assertThat(model.window()).isEqualTo(new TimeWindow(0, 1_000 * MILLI));
    }

    @Test
    void shouldFoldProducersAndUnfoldThem() {
        // given
        recordHundredForces();
        assertThat(model.rows()).extracting(Row::kind)
                .containsExactly(Row.Kind.FOLDED, Row.Kind.THREAD, Row.Kind.THREAD);
        assertThat(model.words().row(model.rows().getFirst())).isEqualTo("producers 4");
        // when
        model.foldOrUnfold(LaneGroup.PRODUCERS);
        // then
        assertThat(model.rows()).hasSize(7)
                .extracting(model.words()::row)
                .startsWith("producers 4", "producer-0", "producer-1");
        // when
        model.foldOrUnfold(LaneGroup.PRODUCERS);
        assertThat(model.rows()).hasSize(3);
    }

    @Test
    void shouldTellExactFiguresOfWhatIsPointedAt() {
        recordHundredForces();
        model.pause();

        model.pointing().point(Optional.of(new Pointed(row(Recorded.FLUSHER), 50_700_000, 10)));

        assertThat(model.pointing().placeProperty().get()).startsWith("GroupCommitService · −950" + NBSP + "ms")
                .endsWith("force 500" + NBSP + "B at 25" + NBSP + "000, 3 req 390" + NBSP + "µs");
    }

    @Test
    void shouldTellWhatLiesWithinWhat() {
        recordHundredForces();
        model.pause();

        model.pointing().point(Optional.of(new Pointed(row("producer-0"), 52_000_000 + 300_000, 10)));

        assertThat(model.pointing().placeProperty().get()).startsWith("producer-0 · ")
                .containsSubsequence("put 500", "›", "lock held", "›", "append 500", "26" + NBSP + "000");
    }

    @Test
    void shouldChooseWhatHasToDoWithAMessage() {
        recordHundredForces();

        var hits = model.choose(new Pointed(row("producer-0"), 52_000_000 + 300_000, 10));

        assertThat(hits).extracting(Hit::kind).startsWith(TraceKind.APPEND);
        assertThat(hits).extracting(Hit::a).startsWith(26_000L);
        assertThat(model.followingProperty().get()).isFalse();
        assertThat(model.pointing().cursor()).hasValue(52_000_000 + 225_000);
    }

    @Test
    void shouldMeasureBetweenTheMarkers() {
        // given
        recordHundredForces();
        // when
        model.mark(20 * MILLI, 10 * MILLI);
        var question = model.measuring().nextQuestion(model::recordingToKeep).orElseThrow();
        model.measuring()
                .answer(question, SpanStatistics.between(question.recording(), question.markers().from(),
                        question.markers().to()));
        // then
        assertThat(model.measuring().textProperty().get()).isEqualTo("10" + NBSP + "ms between the markers");
        assertThat(model.measuring().statisticsProperty().get())
                .contains(new SpanStatistics.Line(TraceKind.FORCE, 10, 3_900_000, 390_000, 390_000));
        assertThat(model.measuring().nextQuestion(model::recordingToKeep)).as("asked once").isEmpty();
    }

    @Test
    void shouldNotTakeFiguresOfWhereTheMarkersWere() {
        recordHundredForces();
        model.mark(10 * MILLI, 20 * MILLI);
        var question = model.measuring().nextQuestion(model::recordingToKeep).orElseThrow();
        model.markSecond(30 * MILLI);

        model.measuring().answer(question, SpanStatistics.between(question.recording(), 0, 1));

        assertThat(model.measuring().statisticsProperty().get()).isEmpty();
        assertThat(model.measuring().nextQuestion(model::recordingToKeep)).isPresent();
    }

    @Test
    void shouldKeepMarkersOverZoomAndPanAndRemoveThem() {
        recordHundredForces();
        model.mark(10 * MILLI, 20 * MILLI);

        model.zoom(3, OptionalLong.empty());
        model.pan(-0.2);
        assertThat(model.measuring().markers()).isEqualTo(
                new Markers(OptionalLong.of(10 * MILLI), OptionalLong.of(20 * MILLI)));

        model.clearMarkers();
        assertThat(model.measuring().markers()).isEqualTo(Markers.NONE);
        assertThat(model.measuring().textProperty().get()).isEmpty();
    }

    @Test
    void shouldZoomToWhatIsMarked() {
        recordHundredForces();
        model.mark(10 * MILLI, 20 * MILLI);

        model.showMarked();

        assertThat(model.window()).isEqualTo(new TimeWindow(9 * MILLI, 12 * MILLI));
    }

    @Test
    void shouldJumpFromForceToForce() {
        // given
        recordHundredForces();
        model.showAll();
        // when
        var first = finding.next("force");
        var second = finding.next("force");
        var back = finding.previous("force");
        // then
        assertThat(first).get().extracting(Hit::startNanos).isEqualTo(500_000L);
        assertThat(second).get().extracting(Hit::startNanos).isEqualTo(1_500_000L);
        assertThat(back).isEqualTo(first);
        assertThat(model.pointing().placeProperty().get()).contains("force 500");
    }

    @Test
    void shouldMissNoneOfThoseThatBeginTogether() {
        recorded.put(0, 1_000, 2_000, 0, 10).put(1, 1_000, 2_000, 10, 10).put(2, 1_000, 2_000, 20, 10);
        model.update(recorded.frame());
        model.showAll();

        var found = new ArrayList<String>();
        for (var hit = finding.next("put"); hit.isPresent(); hit = finding.next("put")) {
            found.add(hit.get().lane().threadName());
        }

        assertThat(found).containsExactly("producer-0", "producer-1", "producer-2");
        assertThat(model.pointing().placeProperty().get()).contains("Nothing more of that");
        found.clear();
        for (var hit = finding.previous("put"); hit.isPresent(); hit = finding.previous("put")) {
            found.add(hit.get().lane().threadName());
        }
        assertThat(found).containsExactly("producer-1", "producer-0");
    }

    @Test
    void shouldFindEverythingThatHasToDoWithAnOffset() {
        recordHundredForces();
        model.showAll();

        var kinds = new ArrayList<TraceKind>();
        for (var hit = finding.next("10 250"); hit.isPresent(); hit = finding.next("10 250")) {
            kinds.add(hit.get().kind());
        }

        assertThat(kinds).containsExactly(TraceKind.PUT, TraceKind.LOCK_HELD, TraceKind.APPEND, TraceKind.FORCE);
    }

    @Test
    void shouldFindThreads() {
        recordHundredForces();
        model.showAll();

        assertThat(finding.next("reput")).get()
                .extracting(hit -> hit.lane().threadName())
                .isEqualTo("ReputMessageService");
        assertThat(finding.next("no such thread")).isEmpty();
    }

    @Test
    void shouldGoToWhatIsFoundOutsideOfWhatIsSeen() {
        recordHundredForces();

        finding.previous("force");

        assertThat(model.window().contains(99_500_000)).isTrue();
    }

    @Test
    void shouldTellHowFarThePointersWereAtAMoment() {
        recordHundredForces();

        model.scrub(50_850_000);

        assertThat(model.pointing().placeProperty().get())
                .contains("flushed 25" + NBSP + "000", "wrote at least 25" + NBSP + "500", "wait for a force: 1",
                        "committed –");
        assertThat(model.pointing().cursor()).hasValue(50_850_000);
    }

    @Test
    void shouldScrubOverWhatWasRecordedInLiveAndSayThatNothingElseGoesBack() {
        // given
        recordHundredForces();
        // when
        model.scrub(50_850_000);
        recorded.force(1_200_000, 1_201_000, 0, 1);
        model.update(recorded.frame());
        // then
        assertThat(model.pointing().placeProperty().get())
                .startsWith("Read only, the other panels show the present");
        assertThat(model.followingProperty().get()).isFalse();
        assertThat(model.recording().toNanos()).as("what is looked at stays").isEqualTo(1_000 * MILLI);
        assertThat(model.playhead().isThere()).isFalse();
    }

    @Test
    void shouldSayWhatIsSampledAndWhatIsLost() {
        recordHundredForces();
        assertThat(model.hintProperty().get()).isEqualTo("last 20" + NBSP + "ms · 1 put in 16 is told");

        recorded.lost(Recorded.FLUSHER, 7_000).force(1_001_000, 1_002_000, 0, 1);
        model.update(recorded.frame());

        assertThat(model.hintProperty().get()).endsWith("7" + NBSP + "000 events lost");
    }

    @Test
    void shouldForgetAStoreThatIsGoneUnlessItIsLookedAt() {
        // given
        recordHundredForces();
        model.mark(1, 2);
        // when the store starts anew while one looks at it
        recorded.restarted().force(2_000_000, 2_000_100, 0, 1);
        model.update(recorded.frame());
        // then
        assertThat(model.recording().lanes()).hasSize(6);
        assertThat(model.measuring().markers().areBoth()).isTrue();
        // when
        model.follow();
        model.update(recorded.frame());
        // then
        assertThat(model.recording().lanes()).hasSize(1);
        assertThat(model.measuring().markers()).isEqualTo(Markers.NONE);
    }

    @Test
    void shouldMarkPutAndForceOfAMessageThatIsSelectedAnywhere() {
        recordHundredForces();

        model.select(OptionalLong.of(10_250));
        assertThat(model.pointing().related()).extracting(Hit::kind).containsExactly(TraceKind.PUT, TraceKind.FORCE);
        assertThat(model.pointing().related()).extracting(Hit::a).containsOnly(10_000L);

        model.select(OptionalLong.empty());
        assertThat(model.pointing().related()).isEmpty();
    }

    @Test
    void shouldExportWhatIsMarkedOrAll() {
        recordHundredForces();
        assertThat(model.toExport().markers().from()).isEqualTo(0);
        assertThat(model.toExport().markers().to()).isEqualTo(1_000 * MILLI);

        model.mark(20 * MILLI, 10 * MILLI);

        assertThat(model.toExport().markers().from()).isEqualTo(10 * MILLI);
        assertThat(model.toExport().markers().to()).isEqualTo(20 * MILLI);
    }

    @Test
    void shouldStandNothingYet() {
        model.update(recorded.frame());
        model.pause();
        model.pan(1);
        model.showAll();
        model.showMarked();
        finding.next("");

        assertThat(model.rows()).isEmpty();
        assertThat(model.toExport().recording().isEmpty()).isTrue();
    }
}
