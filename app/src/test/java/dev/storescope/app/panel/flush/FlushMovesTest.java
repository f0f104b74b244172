package dev.storescope.app.panel.flush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.storescope.app.panel.SlowWorlds;
import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.app.text.Language;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot.Force;
import dev.storescope.engine.probe.ProbePoint;
import dev.storescope.engine.sim.Until;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlushMovesTest {
    private static final long MS = 1_000_000;

    private final SlowWorlds world = SlowWorlds.of(MessageStoreConfig.builder(Path.of("/store"))
            .set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true)
            .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, 1L << 20)
            .build());
    private final FlushViewModel model = new FlushViewModel(new Texts(Language.ENGLISH));

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void shouldFillTheForceUpToWhenItWillEnd() {
        // given
        world.simulation().run(Until.event(ProbePoint.FORCE_BEGIN));
        long began = world.nanos();
        world.runTo(began + MS / 2);
        double part = moves(world.gliding(world.nanos())).force();
        String time = picture().disk().time();
        // when
        world.simulation().run(Until.event(ProbePoint.FORCE_END));
        world.runTo(world.nanos());
        // then
        Force force = world.snapshot().flush().forces().getLast();
        assertThat(part).isEqualTo(0.5 * MS / force.durationNs(), within(1e-6));
        assertThat(time).startsWith("500\u00a0µs of ").doesNotContain("~");
    }

    @Test
    void shouldSendCommittedBytesToThePageCache() {
        // given
        world.simulation().run(Until.event(ProbePoint.COMMIT_BEGIN));
        long began = world.nanos();
        // when
        world.runTo(began + Motion.GLIDE_REAL_NS / 1_000 / 2);
        double middle = moves(world.gliding(world.nanos())).commit();
        world.runTo(began + 50 * MS);
        double after = moves(world.gliding(world.nanos())).commit();
        // then
        assertThat(middle).isBetween(0.3, 0.5);
        assertThat(after).isNaN();
        assertThat(moves(world.exact(world.nanos())).commit()).isNaN();
    }

    @Test
    void shouldCountDownToTheNextLook() {
        // given
        world.runTo(60 * MS);
        double before = moves(world.exact(world.nanos())).commitWake();
        // when
        world.runTo(80 * MS);
        // then
        double after = moves(world.exact(world.nanos())).commitWake();
        assertThat(after - before).isEqualTo(20.0 / 200, within(1e-6));
    }

    @Test
    void shouldMoveNothingInLive() {
        world.runTo(60 * MS);

        assertThat(moves(Motion.NONE)).isEqualTo(FlushMoves.NONE);
    }

    private FlushMoves moves(Motion motion) {
        model.update(world.frame(motion));
        return model.movesProperty().get();
    }

    private FlushPicture picture() {
        return model.pictureProperty().get();
    }
}
