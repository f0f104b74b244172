package dev.storescope.app.panel.flush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.Readings;
import dev.storescope.app.panel.flush.FlushPicture.Disk;
import dev.storescope.app.panel.flush.FlushPicture.Mode;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.FramePace;
import dev.storescope.app.pulse.RateMeters;
import dev.storescope.app.session.SessionReading;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.session.trace.TraceReading;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.RunningFlag;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.Counters;
import dev.storescope.engine.api.StoreSnapshot.FlushSnapshot;
import dev.storescope.engine.api.StoreSnapshot.Force;
import dev.storescope.engine.api.StoreSnapshot.Pacing;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FlushViewModelTest {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;
    private static final FlushSnapshot IDLE = new FlushSnapshot(0, 0, 0, 0, 0, List.of(), List.of(), Pacing.INACTIVE,
            Pacing.INACTIVE);

    private final FlushViewModel model = new FlushViewModel(new Texts(Language.ENGLISH));
    private final Readings readings = new Readings();
    private final RateMeters meters = new RateMeters();

    @Test
    void shouldShowNoFiguresWhileNoStoreIsOpen() {
        model.update(readings.without(new SessionState.NoStore()).frame());

        assertThat(picture().requestsWrite().countText()).isEmpty();
        assertThat(picture().producers().countText()).isEmpty();
        assertThat(picture().disk().part()).isNaN();
        assertThat(model.paceProperty().get()).isEmpty();
    }

    @Test
    void shouldSayIdleWhenNothingHappens() {
        see(sync(), IDLE, Optional.empty());

        assertThat(picture().mode()).isEqualTo(Mode.SYNC);
        assertThat(picture().producers().waitingText()).isEqualTo("idle: no load runs");
        assertThat(picture().disk().stateText()).isEqualTo("idle");
        assertThat(picture().disk().time()).isEqualTo("no force yet");
        assertThat(picture().disk().summary()).isEmpty();
    }

    @Test
    void shouldShowWhoWaitsAndWhoRuns() {
        see(sync(), lists(7, 5), Optional.of(load(16)));

        assertThat(picture().producers().count()).isEqualTo(16);
        assertThat(picture().producers().waiting()).isEqualTo(12);
        assertThat(picture().producers().waitingText()).isEqualTo("12 wait for the flush");
        assertThat(picture().producers().runningText()).isEqualTo("4 running");
        assertThat(picture().requestsWrite().count()).isEqualTo(7);
        assertThat(picture().requestsRead().countText()).isEqualTo("5");
    }

    @Test
    void shouldNeverShowMoreWaitingThanThereAreProducers() {
        see(sync(), lists(3, 2), Optional.of(load(2)));

        assertThat(picture().producers().waiting()).isEqualTo(2);
    }

    @Test
    void shouldCompareTheForceInFlightToTheMedian() {
        // given forces of 1, 2 and 90 ms, and one that began 1 ms ago
        var flush = new FlushSnapshot(0, 4, 10 * SECOND - MS, 0, 0, List.of(force(MS), force(2 * MS), force(90 * MS)),
                List.of(9, 12), Pacing.INACTIVE, Pacing.INACTIVE);
        // when
        readings.after(10);
        see(sync(), flush, Optional.empty());
        // then
        Disk disk = picture().disk();
        assertThat(disk.state()).isEqualTo(Disk.State.IN_FLIGHT);
        assertThat(disk.part()).isEqualTo(0.5);
        assertThat(disk.time()).isEqualTo("1\u00a0ms of ~2\u00a0ms");
        assertThat(disk.bars()).containsExactly(9.0, 12.0);
        assertThat(disk.summary()).isEqualTo("1 pays, 11 ride free");
    }

    @Test
    void shouldNotGuessHowFarTheFirstForceIs() {
        var flush = new FlushSnapshot(0, 1, SECOND - MS, 0, 0, List.of(), List.of(), Pacing.INACTIVE, Pacing.INACTIVE);

        readings.after(1);
        see(sync(), flush, Optional.empty());

        assertThat(picture().disk().part()).isNaN();
        assertThat(picture().disk().time()).isEqualTo("1\u00a0ms");
    }

    @Test
    void shouldSayWhyAFailedDiskTakesNothing() {
        see(withNotWriteable(sync(), "force failed: No space left"));

        assertThat(picture().disk().state()).isEqualTo(Disk.State.FAILED);
        assertThat(picture().disk().summary()).isEqualTo("force failed: No space left");
    }

    @Test
    void shouldSayWhenTheServiceActsAndOnWhat() {
        assertThat(why(6, 300 * MS, 6_200 * MS)).isEqualTo("acts in 300\u00a0ms");
        assertThat(why(2, 300 * MS, 6_200 * MS))
                .isEqualTo("looks in 300\u00a0ms · 4 pages not reached (2) · thorough in 6.2\u00a0s");
        assertThat(why(2, 300 * MS, 100 * MS)).isEqualTo("thorough in 300\u00a0ms: takes all");
    }

    private String why(long pagesBehind, long wakeNs, long thoroughNs) {
        readings.after(1);
        long now = readings.nowNanos();
        var pacing = new Pacing(true, pagesBehind, 4, now + wakeNs, now + thoroughNs);
        readings.positions(Readings.at(0, 0, 0), Readings.at(20_000, 0, 0), Readings.at(20_000, 0, 0));
        see(readings.snapshot(), new FlushSnapshot(0, 0, 0, 0, 0, List.of(), List.of(), pacing, Pacing.INACTIVE),
                Optional.empty());
        assertThat(picture().mode()).isEqualTo(Mode.ASYNC);
        return picture().pageCache().why();
    }

    @Test
    void shouldSayThatThereIsNothingToDo() {
        var pacing = new Pacing(true, 0, 4, 200 * MS, SECOND);

        see(readings.snapshot(), new FlushSnapshot(0, 0, 0, 0, 0, List.of(), List.of(), pacing, Pacing.INACTIVE),
                Optional.empty());

        assertThat(picture().pageCache().why()).isEqualTo("nothing to do · looks in 200\u00a0ms");
        assertThat(picture().pageCache().part()).isZero();
    }

    @Test
    void shouldShowBothPacingsWithThePool() {
        // given
        readings.with(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
                .positions(Readings.at(1_000, 0, 0), Readings.at(9_000, 0, 0), Readings.at(30_000, 0, 0));
        var realTime = new Pacing(true, 2, 4, 500 * MS, SECOND);
        var commit = new Pacing(true, 5, 4, 200 * MS, SECOND);
        // when
        see(readings.snapshot(), new FlushSnapshot(0, 0, 0, 0, 0, List.of(), List.of(), realTime, commit),
                Optional.of(load(3)));
        // then
        assertThat(picture().mode()).isEqualTo(Mode.POOL);
        assertThat(picture().writeBuffer().countText()).isEqualTo("20.5\u00a0KiB");
        assertThat(picture().writeBuffer().pages()).isEqualTo("5 pages, acts on 4");
        assertThat(picture().pageCache().countText()).isEqualTo("7.81\u00a0KiB");
        assertThat(picture().pageCache().part()).isEqualTo(0.5);
        assertThat(picture().producers().waitingText()).isEqualTo("nobody waits for the disk");
    }

    @Test
    void shouldTellForcesASecondAndTheMeanBatch() {
        // given
        for (int i = 0; i <= 20; i++) {
            see(counted(sync(), 100L * i, 100L * i, 1_250L * i), IDLE, Optional.empty());
            readings.after(0.1);
        }
        // then
        assertThat(model.paceProperty().get()).isEqualTo("forces 1\u00a0000\u00a0/s · mean batch 12.5");
    }

    @Test
    void shouldSayNothingOfAPaceThatIsNotKnownYet() {
        see(counted(sync(), 100, 100, 100), IDLE, Optional.empty());

        assertThat(model.paceProperty().get()).isEmpty();
    }

    @Test
    void shouldTakePicturesInTextFramesAndMoveTheMeterOfALongForceInEach() {
        // given
        see(sync(), lists(1, 0), Optional.empty());
        // when a frame later
        readings.after(0.016);
        see(Frame.Beat.BETWEEN, sync(), lists(2, 0), Optional.empty());
        // then
        assertThat(picture().requestsWrite().count()).isEqualTo(1);
        assertThat(picture().disk().part()).isNaN();
        // when a force has taken 150 ms by then
        readings.after(0.016);
        var flush = new FlushSnapshot(3, 0, readings.nowNanos() - 150 * MS, 0, 0, List.of(force(100 * MS)),
                List.of(), Pacing.INACTIVE, Pacing.INACTIVE);
        see(Frame.Beat.BETWEEN, sync(), flush, Optional.empty());
        // then
        assertThat(picture().disk().part()).isEqualTo(1.5);
        assertThat(picture().requestsWrite().count()).isEqualTo(1);
        // when a text frame comes
        see(sync(), flush, Optional.empty());
        // then
        assertThat(picture().requestsWrite().count()).isEqualTo(3);
        assertThat(picture().disk().time()).isEqualTo("150\u00a0ms · longer than usual (~100\u00a0ms)");
    }

    @Test
    void shouldTellHowLongALockIsWaitedForWhileThatIsKnown() {
        // given
        readings.with(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)
                .load(load(4))
                .stage(PutStage.LOCK, Readings.histogram(2_000, 2_100, 2_200));
        // when
        model.update(readings.frameWithIntervals());
        // then
        assertThat(picture().producers().runningText()).startsWith("4 running · lock 2.1");
        // when
        model.update(readings.after(3).frame());
        // then
        assertThat(picture().producers().runningText()).isEqualTo("4 running");
    }

    private FlushPicture picture() {
        return model.pictureProperty().get();
    }

    private StoreSnapshot sync() {
        return readings.with(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH).snapshot();
    }

    private static FlushSnapshot lists(int write, int read) {
        return new FlushSnapshot(write, read, 0, 0, 0, List.of(), List.of(), Pacing.INACTIVE, Pacing.INACTIVE);
    }

    private static Force force(long durationNs) {
        return new Force(1, durationNs, 0, 4_096, 1);
    }

    private static LoadSnapshot load(int producers) {
        return new LoadSnapshot(LoadState.RUNNING, LoadSpec.builder().producers(producers).build(), SECOND, producers,
                0, 0, Map.of(), 0, 0, 0, 0, 0, OptionalDouble.empty(), Optional.empty());
    }

    private void see(StoreSnapshot snapshot) {
        see(snapshot, snapshot.flush(), Optional.empty());
    }

    private void see(StoreSnapshot real, FlushSnapshot flush, Optional<LoadSnapshot> load) {
        see(Frame.Beat.TEXT, real, flush, load);
    }

    private void see(Frame.Beat beat, StoreSnapshot real, FlushSnapshot flush, Optional<LoadSnapshot> load) {
        var snapshot = new StoreSnapshot(readings.nowNanos(), real.takenAtMillis(), real.config(), real.state(),
                real.notWriteable(), real.log(), real.files(), real.allocator(), real.pool(), flush, real.putLock(),
                real.counters(), real.dispatch(), real.retention(), real.runningFlags(), real.services(),
                real.recovery(), real.proof());
        var reading = new SessionReading(1, new SessionState.Running(snapshot.config()), Optional.of(snapshot),
                LoadSpec.builder().build(), load);
        model.update(new Frame(readings.nowNanos(), beat, reading, TraceReading.NONE,
                meters.measure(readings.nowNanos(), reading, Frame.Intervals.NONE), Frame.Intervals.NONE,
                FramePace.UNKNOWN));
    }

    private static StoreSnapshot withNotWriteable(StoreSnapshot real, String reason) {
        return new StoreSnapshot(real.takenAtNanos(), real.takenAtMillis(), real.config(), real.state(), reason,
                real.log(), real.files(), real.allocator(), real.pool(), real.flush(), real.putLock(), real.counters(),
                real.dispatch(), real.retention(), Map.of(RunningFlag.FORCE_FAILED, reason), real.services(),
                real.recovery(), real.proof());
    }

    private static StoreSnapshot counted(StoreSnapshot real, long forces, long batches, long requests) {
        Counters none = real.counters();
        var counters = new Counters(none.putsByStatus(), 0, 0, forces, 0, batches, requests, 0, 0, 0, 0,
                none.putSamplingInterval(), 0);
        return new StoreSnapshot(real.takenAtNanos(), real.takenAtMillis(), real.config(), real.state(),
                real.notWriteable(), real.log(), real.files(), real.allocator(), real.pool(), real.flush(),
                real.putLock(), counters, real.dispatch(), real.retention(), real.runningFlags(), real.services(),
                real.recovery(), real.proof());
    }
}
