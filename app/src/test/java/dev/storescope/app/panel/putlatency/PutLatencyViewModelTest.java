package dev.storescope.app.panel.putlatency;

import static dev.storescope.app.panel.Readings.histogram;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.control.StackedBar.Part;
import dev.storescope.app.control.StackedBar.Role;
import dev.storescope.app.panel.Readings;
import dev.storescope.app.panel.putlatency.PutLatencyViewModel.Latency;
import dev.storescope.app.panel.putlatency.PutLatencyViewModel.OnPath;
import dev.storescope.app.panel.putlatency.PutLatencyViewModel.PathStep;
import dev.storescope.app.panel.putlatency.PutLatencyViewModel.StageLine;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import dev.storescope.engine.load.Pacing;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PutLatencyViewModelTest {
    private static final LoadSpec OPEN = LoadSpec.builder().pacing(new Pacing.Constant(1_000)).build();

    private final Texts texts = new Texts(Language.ENGLISH);
    private final PutLatencyViewModel model = new PutLatencyViewModel(texts);
    private final Readings readings = new Readings().loadSpec(OPEN);

    private Latency latency() {
        return model.latencyProperty().get();
    }

    private void update() {
        model.update(readings.after(0.25).frameWithIntervals());
    }

    private static String plain(String text) {
        return text.replace('\u00a0', ' ');
    }

    @Test
    void shouldKnowNothingWithoutPuts() {
        update();

        assertThat(latency().p50()).isEqualTo(Formats.UNKNOWN);
        assertThat(latency().chart().bars()).isEmpty();
        assertThat(latency().note()).isEqualTo("no put of the load in the last 10 s");
    }

    @Test
    void shouldShowPercentilesOfTheLastTenSeconds() {
        // given 1 000 puts of 1 us to 1 ms
        readings.latency(histogram(LongStream.rangeClosed(1, 1_000).map(i -> i * 1_000).toArray()));
        // when
        update();
        // then
        assertThat(plain(latency().p50())).isEqualTo("500 µs");
        assertThat(plain(latency().p99())).isEqualTo("990 µs");
        assertThat(plain(latency().max())).isEqualTo("1 ms");
        assertThat(latency().note())
                .isEqualTo("last 10 s, from the intended send time (corrected for coordinated omission)");
        // when they are too long ago
        readings.after(10);
        update();
        // then
        assertThat(latency().p50()).isEqualTo(Formats.UNKNOWN);
    }

    @Test
    void shouldSayHowManyMissedSendsAreNotInIt() {
        // given
        readings.latency(histogram(5_000)).load(running(6));
        // when
        update();
        // then
        assertThat(latency().note()).endsWith("6 missed sends are not in it");
    }

    @Test
    void shouldSayThatAClosedLoopHidesStalls() {
        // given
        readings.loadSpec(LoadSpec.builder().build()).latency(histogram(5_000));
        // when
        update();
        // then
        assertThat(latency().note()).startsWith("last 10 s, closed loop: from the call of each put");
    }

    @Test
    void shouldNotMixOpenAndClosedLoop() {
        // given
        readings.latency(histogram(900_000_000));
        update();
        // when
        readings.loadSpec(LoadSpec.builder().build()).latency(histogram(5_000));
        update();
        // then
        assertThat(plain(latency().max())).isEqualTo("5 µs");
    }

    @Test
    void shouldForgetWhatWasBeforeARestart() {
        // given
        readings.latency(histogram(900_000_000));
        update();
        // when
        readings.restartedWith(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH);
        model.update(readings.frame());
        // then
        assertThat(latency().max()).isEqualTo(Formats.UNKNOWN);
    }

    @Test
    void shouldShowWhereTheTimeOfASyncPutWent() {
        // given
        readings.with(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)
                .stage(PutStage.LOCK, histogram(1_000))
                .stage(PutStage.APPEND, histogram(2_000))
                .stage(PutStage.FLUSH, histogram(500_000))
                .stage(PutStage.WAKE_UP, histogram(20_000))
                .stage(PutStage.TOTAL, histogram(530_000));
        // when
        update();
        // then
        var shown = model.stagesProperty().get();
        assertThat(shown.bar()).extracting(Part::role)
                .containsExactly(Role.MUTED, Role.WROTE, Role.FLUSHED,
                        Role.ACCENT);
        assertThat(shown.bar().get(1).size()).isEqualTo(2_000);
        assertThat(shown.whole()).isGreaterThanOrEqualTo(530_000);
        assertThat(plain(shown.stages().get(PathStep.LOCK).median())).isEqualTo("1 µs");
        assertThat(shown.note()).isEqualTo("last 10 s; 1 of 64 puts is timed, and each file change");
    }

    @Test
    void shouldSayWhatIsNotOnThePathInsteadOfZero() {
        // given async flush without the pool, and no file change
        readings.stage(PutStage.LOCK, histogram(1_000)).stage(PutStage.ALLOCATE, histogram());
        // when
        update();
        // then
        Map<PathStep, StageLine> stages = model.stagesProperty().get().stages();
        assertThat(stages.get(PathStep.FLUSH)).isEqualTo(new StageLine(OnPath.NO, "behind the put", ""));
        assertThat(stages.get(PathStep.WAKE_UP)).isEqualTo(new StageLine(OnPath.NO, "behind the put", ""));
        assertThat(stages.get(PathStep.COMMIT)).isEqualTo(new StageLine(OnPath.NO, "no pool", ""));
        assertThat(stages.get(PathStep.ALLOCATE)).isEqualTo(new StageLine(OnPath.NO, "no file change", ""));
        assertThat(stages.get(PathStep.APPEND).median()).isEqualTo(Formats.UNKNOWN);
        // when the pool acts
        readings.restartedWith(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true);
        update();
        // then
        assertThat(model.stagesProperty().get().stages().get(PathStep.COMMIT).median()).isEqualTo("behind the put");
    }

    @Test
    void shouldKnowNoStageWhileNoStoreIsOpen() {
        // given
        readings.without(new SessionState.NoStore());
        // when
        update();
        // then
        assertThat(model.stagesProperty().get().stages().values()).extracting(StageLine::median)
                .containsOnly(Formats.UNKNOWN);
        assertThat(model.stagesProperty().get().bar()).isEmpty();
    }

    @Test
    void shouldSpeakTheOtherLanguageWithTheNextFrame() {
        // given
        update();
        // when
        texts.use(Language.CHINESE);
        model.update(readings.after(0.016).frame());
        // then
        assertThat(latency().note()).isEqualTo("最近 10 秒负载没有 put");
    }

    private static LoadSnapshot running(long missed) {
        return new LoadSnapshot(LoadState.RUNNING, OPEN, 1_000_000_000, 1, 100, 94, Map.of(), missed, 0, 94, 0, 0,
                OptionalDouble.of(1_000), Optional.empty());
    }
}
