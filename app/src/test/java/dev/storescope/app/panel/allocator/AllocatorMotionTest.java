package dev.storescope.app.panel.allocator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.storescope.app.panel.SlowWorlds;
import dev.storescope.app.panel.allocator.AllocatorViewModel.Moves;
import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.AllocationState;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.Until;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AllocatorMotionTest {
    private static final long GLIDE_NS = Motion.GLIDE_REAL_NS / 1_000;

    private final SlowWorlds world = SlowWorlds.of(MessageStoreConfig.builder(Path.of("/store"))
            .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
            .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 64L << 10)
            .build());

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void shouldGoFromTheQueueThroughTheMappingToReady() {
        // given a file was made before, so that one knows how long that takes
        world.simulation().run(Until.event(ProbePoint.ALLOCATION_READY));
        world.simulation().run(Until.event(ProbePoint.ALLOCATION_BEGUN));
        long begun = world.nanos();
        world.runTo(begun + 1);
        double first = mapping();
        // when
        world.runTo(begun + 200_000);
        double later = mapping();
        world.simulation().run(Until.event(ProbePoint.ALLOCATION_READY));
        world.runTo(world.nanos());
        // then
        assertThat(first).isBetween(0.0, 0.05);
        assertThat(later).isGreaterThan(first).isLessThanOrEqualTo(1);
        assertThat(moves(world.exact(world.nanos())).rows()).contains(1.0);
    }

    @Test
    void shouldShowABufferOnItsWayOut() {
        // given
        world.simulation().run(Until.event(ProbePoint.BUFFER_BORROWED));
        long borrowed = world.nanos();
        // when
        world.runTo(borrowed);
        double first = moves(world.gliding(borrowed)).lent();
        world.runTo(borrowed + GLIDE_NS / 2);
        double middle = moves(world.gliding(world.nanos())).lent();
        // then
        assertThat(first).isZero();
        assertThat(middle).isEqualTo(0.5, within(0.01));
        assertThat(moves(world.exact(world.nanos())).lent()).isEqualTo(1);
    }

    private double mapping() {
        StoreSnapshot snapshot = world.snapshot();
        var requests = snapshot.allocator().requests();
        for (int i = 0; i < requests.size(); i++) {
            if (requests.get(i).state() == AllocationState.MAPPING) {
                return moves(world.exact(world.nanos())).rows().get(i);
            }
        }
        throw new AssertionError("expected a file that is being made, found " + requests);
    }

    private Moves moves(Motion motion) {
        return new AllocatorMotion(world.recording(), motion).of(world.snapshot());
    }
}
