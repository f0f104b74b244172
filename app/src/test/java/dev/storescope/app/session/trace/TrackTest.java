package dev.storescope.app.session.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrackTest {
    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    /// Against a list that forgets nothing.
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldFindWhatLiesWhere(int seed) {
        // given
        var random = new Random(seed);
        var track = new Track(new ChunkPool(4));
        var starts = new ArrayList<Long>();
        var ends = new ArrayList<Long>();
        long now = random.nextInt(1_000);
        int spans = random.nextInt(5, 2_000);
        // when
        for (int i = 0; i < spans; i++) {
            long start = now + random.nextInt(3);
            long end = start + random.nextInt(5);
            track.add(start, end, TraceKind.FORCE, i % 7, i, -i);
            starts.add(start);
            ends.add(end);
            now = end;
        }
        // then
        assertThat(track.end()).as("seed %d", seed).isEqualTo(spans);
        assertThat(track.end() - track.first()).as("seed %d", seed).isLessThanOrEqualTo(4L * Track.CHUNK_SPANS);
        for (long i = track.first(); i < track.end(); i++) {
            assertThat(track.startNanos(i)).as("seed %d, start of %d", seed, i).isEqualTo(starts.get((int) i));
            assertThat(track.endNanos(i)).as("seed %d, end of %d", seed, i).isEqualTo(ends.get((int) i));
            assertThat(track.a(i)).isEqualTo(i);
            assertThat(track.b(i)).isEqualTo(-i);
            assertThat(track.detail(i)).isEqualTo(i % 7);
        }
        for (int i = 0; i < 50; i++) {
            long time = random.nextLong(now + 10);
            long byEnd = track.firstEndingFrom(time);
            long byStart = track.firstStartingFrom(time);
            assertThat(byEnd).as("seed %d, time %d", seed, time).isEqualTo(firstFrom(ends, track, time));
            assertThat(byStart).as("seed %d, time %d", seed, time).isEqualTo(firstFrom(starts, track, time));
        }
    }

    private static long firstFrom(ArrayList<Long> times, Track track, long time) {
        long number = track.first();
        while (number < track.end() && times.get((int) number) < time) {
            number++;
        }
        return number;
    }

    @Test
    void shouldBeginASpanWhereTheOneBeforeEnds() {
        var track = new Track(new ChunkPool(1));
        track.add(0, 100, TraceKind.FORCE, 0, 0, 0);

        track.add(90, 95, TraceKind.FORCE, 0, 0, 0);

        assertThat(track.startNanos(1)).isEqualTo(100);
        assertThat(track.endNanos(1)).isEqualTo(100);
    }
}
