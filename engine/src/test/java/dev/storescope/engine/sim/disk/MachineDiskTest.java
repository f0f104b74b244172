package dev.storescope.engine.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineDiskTest {
    private static final long MS = 1_000_000;

    @TempDir private Path directory;

    @Test
    void shouldMeasureADiskAndLeaveNothingOnIt() throws IOException {
        // when
        DiskModel model = MachineDisk.measure(directory);
        // then
        assertThat(model.name()).isEqualTo("this-machine");
        assertThat(model.forceNs()).isPositive();
        assertThat(model.forceBytesPerSecond()).isPositive();
        assertThat(model.createNs()).isPositive();
        assertThat(model.directoryNs()).isPositive();
        assertThat(model.forceSpread()).isBetween(0.0, 1.0);
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldTakeTheMedianOfWhatTheClockSays() throws IOException {
        // given
        AtomicLong now = new AtomicLong();
        // when: each look at the clock is a millisecond after the one before
        DiskModel model = MachineDisk.measure(directory, () -> now.addAndGet(MS));
        // then
        assertThat(model.forceNs()).isEqualTo(MS);
        assertThat(model.createNs()).isEqualTo(MS);
        assertThat(model.forceSpread()).isZero();
    }
}
