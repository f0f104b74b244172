package dev.storescope.bench.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeSlicesTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldTellTheRatesWithAndWithoutProbeWhateverTheLengthOfASlice() {
        // given a log that grows by 8 bytes a millisecond with the probe, by 10 without
        List<Boolean> switched = new ArrayList<>();
        ProbeSlices slices = new ProbeSlices(switched::add, 0);
        long now = 0;
        long offset = 0;
        // when it is looked at when the machine lets it
        for (int i = 0; i < 400; i++) {
            long ms = 7 + i % 5;
            now += ms * MS;
            // and not at all while the producers start
            offset += i == 0 ? 0 : ms * (switched.getLast() ? 8 : 10);
            slices.look(now, offset);
        }
        // then with messages of 2 bytes
        double putRate = offset / 2.0 / (now / 1e9);
        assertThat(switched.subList(0, 8)).containsExactly(true, false, false, true, true, false, false, true);
        assertThat(slices.rate(true, putRate, offset, now)).isCloseTo(4_000, within(1e-6));
        assertThat(slices.rate(false, putRate, offset, now)).isCloseTo(5_000, within(1e-6));
    }
}
