package dev.storescope.engine.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.sim.world.SimulatedEnvironment;
import dev.storescope.engine.testing.DiskContract;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest extends DiskContract {
    private final SimulatedEnvironment world = new SimulatedEnvironment(1, DiskModel.NVME);

    @Override
    protected Disk newDisk() {
        return world.disk();
    }

    @Override
    protected Path newDirectory() {
        return Path.of("/disk/store");
    }

    @Test
    void shouldTakeTheTimeOfItsModelForWhatItDoes() throws IOException {
        // given
        Path directory = newDirectory();
        long before = world.nanoTime();
        // when
        try (var file = world.disk().create(directory.resolve("file"), 8192)) {
            long created = world.nanoTime();
            file.force(0, 8192);
            // then
            assertThat(created - before).isGreaterThanOrEqualTo(DiskModel.NVME.createNs());
            assertThat(world.nanoTime() - created).isBetween(DiskModel.NVME.forceNs() / 4,
                    DiskModel.NVME.forceNs() * 20);
        }
    }

    @Test
    void shouldForgetAFileThatNobodyCanComeToAnyMore() throws IOException {
        // given
        Path directory = newDirectory();
        SimulatedDisk disk = world.disk();
        DiskFile file = disk.create(directory.resolve("file"), 8192);
        disk.forceDirectory(directory);
        file.map().fill((byte) 1);
        int before = disk.filesInMemory();
        // when
        disk.delete(directory.resolve("file"));
        disk.forceDirectory(directory);
        // then
        assertThat(file.map().get(ValueLayout.JAVA_BYTE, 0)).as("still open").isEqualTo((byte) 1);
        assertThat(disk.filesInMemory()).isEqualTo(before);
        file.close();
        assertThat(disk.filesInMemory()).isEqualTo(before - 1);
    }
}
