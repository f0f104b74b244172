package dev.storescope.app.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.pulse.LoadFrames.Summary;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.LoadState;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LoadFramesTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MS_NS = 1_000_000L;
    private static final Optional<LoadSnapshot> NONE = Optional.empty();

    private final LoadFrames frames = new LoadFrames();

    @Test
    void shouldSumUpTheFramesOfOneLoadOnceItHasEnded() {
        // given
        frames.work(99 * MS_NS);
        frames.observe(load(LoadState.RUNNING, 0, 0), SECOND_NS);
        for (int i = 0; i < 39; i++) {
            frames.work(2 * MS_NS);
        }
        frames.work(7 * MS_NS);

        frames.observe(load(LoadState.RUNNING, 400, SECOND_NS), 1_017 * MS_NS);
        frames.observe(load(LoadState.RUNNING, 500, SECOND_NS), 1_350 * MS_NS);

        // when
        Optional<Summary> whileStopping = frames.observe(load(LoadState.STOPPING, 900, SECOND_NS), 2_550 * MS_NS);
        Optional<Summary> atTheEnd = frames.observe(load(LoadState.ENDED, 1000, 2 * SECOND_NS), 3 * SECOND_NS);
        Optional<Summary> after = frames.observe(load(LoadState.ENDED, 1000, 2 * SECOND_NS), 4 * SECOND_NS);

        // then
        assertThat(whileStopping).isEmpty();
        assertThat(after).isEmpty();
        assertThat(atTheEnd.orElseThrow().frames()).isEqualTo(40);
        assertThat(atTheEnd.orElseThrow()).hasToString("load of 2.0 s with the window open: 1,000 messages "
                + "acknowledged, 500/s; 40 frames, 20.0/s, JavaFX work a frame p50 2.00 ms, p99 7.00 ms, max 7.00 ms, longest "
                + "from frame to frame 1200 ms");
    }

    @Test
    void shouldBeginAnewWithEachLoad() {
        // given
        frames.observe(load(LoadState.RUNNING, 0, 0), SECOND_NS);
        frames.work(9 * MS_NS);
        frames.observe(load(LoadState.ENDED, 1, SECOND_NS), 2 * SECOND_NS);

        // when
        frames.observe(load(LoadState.RUNNING, 0, 0), 3 * SECOND_NS);
        frames.work(MS_NS);
        Optional<Summary> second = frames.observe(load(LoadState.ENDED, 1, SECOND_NS), 4 * SECOND_NS);

        // then
        assertThat(second.orElseThrow().frames()).isEqualTo(1);
        assertThat(second.orElseThrow().workP99Ns()).isLessThan(2 * MS_NS);
    }

    @Test
    void shouldSayNothingOfALoadWhoseStoreIsGone() {
        // given
        frames.observe(load(LoadState.RUNNING, 0, 0), SECOND_NS);
        frames.work(MS_NS);

        // when
        Optional<Summary> gone = frames.observe(NONE, 2 * SECOND_NS);

        // then
        assertThat(gone).isEmpty();
        assertThat(frames.observe(load(LoadState.ENDED, 1, SECOND_NS), 3 * SECOND_NS)).isEmpty();
    }

    private static Optional<LoadSnapshot> load(LoadState state, long acknowledged, long elapsedNs) {
        return Optional.of(new LoadSnapshot(state, LoadSpec.builder().build(), elapsedNs, 0, acknowledged,
                acknowledged, Map.of(PutMessageStatus.PUT_OK, acknowledged), 0, 0, acknowledged, 0, 0,
                OptionalDouble.empty(), Optional.empty()));
    }
}
