package dev.storescope.app.panel.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.app.session.trace.Recording;
import dev.storescope.engine.probe.ProbePoint;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is drawn, by the pixel. One pixel is a microsecond unless said otherwise.
class LaneRasterTest {
    private static final int GROUND = 0xff000000;
    private static final int LANE = 0xff101010;
    private static final int WIDTH = 100;
    private static final int ROW = 14;

    private final Recorded recorded = new Recorded();
    private final LaneRaster raster = new LaneRaster();

    private static LaneRaster.Palette palette() {
        int[] roles = new int[Ink.Role.values().length];
        for (Ink.Role role : Ink.Role.values()) {
            roles[role.ordinal()] = 0xff000000 | 0x204060 * (role.ordinal() + 1) & 0xffffff | 0x80;
        }
        return new LaneRaster.Palette(GROUND, LANE, roles);
    }

    private void draw(long fromMicros, long spanMicros) {
        Recording recording = recorded.recorder().recording();
        List<Row> rows = Row.of(recording, Set.of());
        raster.begin(WIDTH, rows.size() * (ROW + 2), palette(),
                new TimeWindow(fromMicros * 1_000, spanMicros * 1_000), recording.toNanos());
        var places = new java.util.ArrayList<LaneRaster.Place>();
        for (int i = 0; i < rows.size(); i++) {
            places.add(new LaneRaster.Place(rows.get(i), i * (ROW + 2), ROW));
        }
        raster.draw(recording, places);
    }

    private int pixel(int x, int y) {
        return raster.pixels()[y * WIDTH + x];
    }

    @Test
    void shouldFillTheColumnsOfASpanAndLeaveAnEdge() {
        recorded.event(0, Recorded.FLUSHER, ProbePoint.SERVICE_WAITING, 0, 0).force(20, 40, 0, 1).force(40, 60, 1, 1);
        recorded.event(200, Recorded.FLUSHER, ProbePoint.SERVICE_WAITING, 0, 0);

        draw(0, WIDTH);

        int flushed = palette().of(Ink.FORCE);
        assertThat(pixel(10, ROW / 2)).as("idle").isEqualTo(LANE);
        assertThat(pixel(30, ROW / 2)).as("force").isEqualTo(flushed);
        assertThat(pixel(50, ROW / 2)).as("next force").isEqualTo(flushed);
        assertThat(pixel(39, ROW / 2)).as("between them").isEqualTo(LANE);
        assertThat(pixel(70, ROW / 2)).as("after them").isEqualTo(LANE);
        assertThat(pixel(50, ROW + 1)).as("between rows").isEqualTo(GROUND);
    }

    @Test
    void shouldShowWhatIsShorterThanAPixel() {
        recorded.event(0, Recorded.FLUSHER, ProbePoint.SERVICE_WAITING, 0, 0).force(50_500, 50_501, 0, 1);
        recorded.event(200_000, Recorded.FLUSHER, ProbePoint.SERVICE_WAITING, 0, 0);

        draw(0, WIDTH * 1_000);

        assertThat(pixel(50, ROW / 2)).isNotEqualTo(LANE);
        assertThat(pixel(49, ROW / 2)).isEqualTo(LANE);
        assertThat(pixel(51, ROW / 2)).isEqualTo(LANE);
    }

    @Test
    void shouldShowWhatIsUnderWayUpToNow() {
        recorded.event(20, Recorded.FLUSHER, ProbePoint.FORCE_BEGIN, 0, 1);
        recorded.event(60, "ReputMessageService", ProbePoint.DISPATCHED, 0, 1);

        draw(0, WIDTH);

        int flushed = palette().of(Ink.FORCE);
        assertThat(pixel(30, ROW / 2)).isEqualTo(flushed);
        assertThat(pixel(55, ROW / 2)).isEqualTo(flushed);
        assertThat(pixel(70, ROW / 2)).as("not yet").isNotEqualTo(flushed);
    }

    @Test
    void shouldNotShowTimesOfWhichNothingIsKnownAsIdle() {
        recorded.force(40, 60, 0, 1);

        draw(0, WIDTH);

        assertThat(pixel(10, ROW / 2)).as("before the recording").isNotEqualTo(LANE);
        assertThat(pixel(90, ROW / 2)).as("after now").isNotEqualTo(LANE);
    }

    @Test
    void shouldStripeWhatWasLost() {
        recorded.event(0, Recorded.FLUSHER, ProbePoint.SERVICE_WAITING, 0, 0);
        recorded.lost(Recorded.FLUSHER, 100);
        recorded.event(80, Recorded.FLUSHER, ProbePoint.SERVICE_WAITING, 0, 0);
        recorded.event(100, Recorded.FLUSHER, ProbePoint.SERVICE_RUNNING, 0, 0);

        draw(0, WIDTH);

        assertThat(Set.of(pixel(30, 7), pixel(33, 7))).as("two strengths").hasSize(2).doesNotContain(LANE);
    }

    @Test
    void shouldGiveEachShareOfAGroupItsHeight() {
        // given four producers: one waits for the force, the others do nothing
        recorded.put(0, 0, 100, 0, 10);
        for (int i = 1; i < 4; i++) {
            recorded.put(i, 200, 210, 0, 10);
        }
        // when
        draw(0, WIDTH);
        // then
        int waits = 0;
        for (int y = 0; y < ROW; y++) {
            waits += pixel(75, y) == LANE ? 0 : 1;
        }
        assertThat(waits).as("a quarter of %d pixels", ROW).isBetween(3, 4);
        assertThat(pixel(75, ROW - 1)).as("from the foot up").isNotEqualTo(LANE);
    }

    /// Of a million spans some stand for the others: what comes out is what comes out of all.
    @Test
    void shouldDrawVeryManyAsThoughEachWereLookedAt() {
        // given forces of very different density, and one that is wide among many that are not
        long seed = 7;
        var random = new Random(seed);
        long now = 0;
        recorded.event(0, Recorded.FLUSHER, ProbePoint.SERVICE_WAITING, 0, 0);
        for (int i = 0; i < 30_000; i++) {
            long duration = i == 15_000 ? 20_000 : 1 + random.nextInt(3);
            now += 1 + random.nextInt(i < 10_000 ? 2 : 20);
            recorded.event(now, Recorded.FLUSHER, ProbePoint.FORCE_BEGIN, i, 1);
            recorded.event(now + duration, Recorded.FLUSHER, ProbePoint.FORCE_END, i, 1);
            now += duration;
        }
        // when
        draw(0, now);
        // then
        double[] share = new double[WIDTH];
        var track = recorded.recorder()
                .recording()
                .lanes()
                .getFirst()
                .track(
                        dev.storescope.app.session.trace.TraceKind.Level.WORK);
        double columnNs = now * 1_000.0 / WIDTH;
        for (long i = track.first(); i < track.end(); i++) {
            for (int x = (int) (track.startNanos(i) / columnNs);
                    x < WIDTH
                            && x * columnNs < track.endNanos(i);
                    x++) {
                double from = Math.max(track.startNanos(i), x * columnNs);
                double to = Math.min(track.endNanos(i), (x + 1) * columnNs);
                share[x] += Math.max(0, to - from) / columnNs;
            }
        }
        int full = palette().of(Ink.FORCE) >> 16 & 255;
        int none = LANE >> 16 & 255;
        for (int x = 1; x < WIDTH - 1; x++) {
            boolean atEdgeOfTheWide = share[x] > 0.9 || share[x + 1] > 0.9 || share[x - 1] > 0.9;
            double drawn = ((pixel(x, 7) >> 16 & 255) - none) / (double) (full - none);
            double wanted = 0.38 + 0.62 * Math.min(1, share[x]);
            if (!atEdgeOfTheWide) {
                assertThat(drawn).as("seed %d, column %d of share %.2f", seed, x, share[x])
                        .isBetween(wanted - 0.15, wanted + 0.15);
            }
        }
    }
}
