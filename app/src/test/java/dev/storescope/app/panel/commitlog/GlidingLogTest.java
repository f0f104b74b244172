package dev.storescope.app.panel.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.panel.SlowWorlds;
import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.Until;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GlidingLogTest {
    private static final long BEGIN = 40_000_000;
    private static final long STEP_NS = 7_300;
    private static final int FRAMES = 1_500;
    private static final long GLIDE_NS = 200_000;

    private final SlowWorlds world = SlowWorlds.of(MessageStoreConfig.builder(Path.of("/store"))
            .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)
            .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 1L << 20)
            .build());

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void shouldNeverBeAheadOfThePointersNorGoBack() {
        long flushedBefore = 0;
        long wroteBefore = 0;
        int onTheirWay = 0;
        for (int i = 0; i < FRAMES; i++) {
            // when
            world.runTo(BEGIN + i * STEP_NS);
            LogPositions real = world.snapshot().log();
            LogPositions seen = seen().log();
            // then
            assertThat(seen.wrote().offset()).isBetween(wroteBefore, real.wrote().offset());
            assertThat(seen.flushed().offset()).isBetween(flushedBefore, real.flushed().offset());
            assertThat(seen.flushed().offset()).isLessThanOrEqualTo(seen.committed().offset());
            assertThat(seen.committed().offset()).isLessThanOrEqualTo(seen.wrote().offset());
            flushedBefore = seen.flushed().offset();
            wroteBefore = seen.wrote().offset();
            onTheirWay += seen.wrote().offset() < real.wrote().offset() ? 1 : 0;
        }
        assertThat(onTheirWay).isPositive();
    }

    @Test
    void shouldComeToThePointerAWhileAfterTheForce() {
        // given a force that has just ended
        world.runTo(BEGIN);
        long before = world.snapshot().log().flushed().offset();
        world.simulation().run(Until.event(ProbePoint.FORCE_END));
        long ended = world.nanos();
        long after = world.snapshot().log().flushed().offset();
        // when
        world.runTo(ended);
        long first = seen().log().flushed().offset();
        world.runTo(ended + GLIDE_NS / 2);
        long middle = seen().log().flushed().offset();
        world.runTo(ended + GLIDE_NS);
        long last = seen().log().flushed().offset();
        // then
        assertThat(after).isGreaterThan(before);
        assertThat(first).isEqualTo(before);
        assertThat(middle).isBetween(before + (after - before) / 2 - 1, before + (after - before) / 2 + 1);
        assertThat(last).isEqualTo(after);
    }

    @Test
    void shouldDrawTheCellsOfTheFileAsFarAsThePointers() {
        world.runTo(BEGIN);
        world.simulation().run(Until.event(ProbePoint.FORCE_END));
        world.runTo(world.nanos() + GLIDE_NS / 2);

        StoreSnapshot seen = seen();

        assertThat(seen.files().getFirst().flushed()).isEqualTo(seen.log().flushed().offset());
        assertThat(seen.files().getFirst().wrote()).isEqualTo(seen.log().wrote().offset());
    }

    @Test
    void shouldBeExactWhereTheWorldStands() {
        world.runTo(BEGIN);
        world.simulation().run(Until.event(ProbePoint.FORCE_END));
        StoreSnapshot real = world.snapshot();

        StoreSnapshot seen = new GlidingLog(world.recording(), world.exact(world.nanos()), GLIDE_NS).seen(real);

        assertThat(seen).isEqualTo(real);
    }

    @Test
    void shouldTellHowMuchOfTheTimeOfAForceIsOver() {
        // given
        world.runTo(BEGIN);
        world.simulation().run(Until.event(ProbePoint.FORCE_BEGIN));
        long began = world.nanos();
        world.runTo(began);
        ForceUnderWay first = ForceUnderWay.of(world.snapshot(), world.exact(world.nanos()));
        // when
        world.runTo(began + 1_000_000);
        ForceUnderWay later = ForceUnderWay.of(world.snapshot(), world.exact(world.nanos()));
        // then
        assertThat(first.from()).isEqualTo(world.snapshot().log().flushed().offset()).isEqualTo(first.reached());
        assertThat(later.reached()).isBetween(later.from() + 1, later.to() - 1);
        assertThat(ForceUnderWay.of(world.snapshot(), Motion.NONE)).isEqualTo(ForceUnderWay.NONE);
    }

    private StoreSnapshot seen() {
        return new GlidingLog(world.recording(), world.gliding(world.nanos()), GLIDE_NS).seen(world.snapshot());
    }
}
