package dev.storescope.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.AppendMessageResult;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.testing.StoreImage;
import dev.storescope.engine.testing.UnforcedDisk;
import dev.storescope.engine.testing.WallClockEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FailedOpeningTest {
    private static final Path FILE = StoreImage.LOG.resolve("00000000000000000000");

    /// Found by the torture: seed 871322.
    @Test
    void shouldBringZerosToTheDiskThatAnOpeningBeforeCouldNotForce() throws IOException {
        // given a killed store, and behind its end what a power cut before has left
        UnforcedDisk before = new UnforcedDisk();
        WallClockEnvironment environment = new WallClockEnvironment(before, StoreImage.FIRST_TIMESTAMP);
        DefaultMessageStore store = StoreImage.start(StoreImage.config(), environment);
        AppendMessageResult last = StoreImage.put(store, environment, StoreImage.body(100), StoreImage.body(200))
                .getLast();
        int end = (int) (last.wroteOffset() + last.wroteBytes());
        UnforcedDisk disk = before.kill();
        store.kill();
        try (DiskFile file = disk.open(FILE)) {
            file.map().asSlice(end).fill((byte) 0xA7);
            file.force(0, file.size());
        }
        // when an opening fails, since nothing can be forced, and the next one does not
        disk.faults().failAllForces();
        assertThatThrownBy(() -> StoreImage.load(disk)).isInstanceOf(StoreException.class);
        disk.faults().heal();
        try (DefaultMessageStore opened = StoreImage.load(disk)) {
            assertThat(opened.getMaxPhyOffset()).isEqualTo(end);
        }
        // then a power cut brings nothing of it back
        byte[] left = disk.powerCut().readAll(FILE);
        for (int at = end; at < left.length; at++) {
            assertThat(left[at]).as("byte %d", at).isZero();
        }
    }
}
