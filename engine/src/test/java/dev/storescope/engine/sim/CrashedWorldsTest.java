package dev.storescope.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.sim.disk.DiskModel;
import dev.storescope.engine.sim.disk.Draws;
import dev.storescope.engine.sim.world.EventLog.Keeping;
import dev.storescope.engine.testing.Stores;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A million worlds may crash in one process: nothing of them stays.
class CrashedWorldsTest {
    private static final int WORLDS = 1_000;

    @TempDir private Path directory;

    @Test
    void shouldLeaveNoThreadBehind() throws IOException {
        // given
        LoadSpec load = LoadSpec.builder().producers(3).body(new BodySize.Fixed(100)).build();
        for (long seed = 1; seed <= WORLDS; seed++) {
            SimulationSpec spec = SimulationSpec
                    .builder(Stores.config().set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH).build())
                    .seed(seed)
                    .model(DiskModel.NVME)
                    .load(load)
                    .keeping(Keeping.COUNTS)
                    .build();
            // when
            try (Simulation simulation = Simulation.start(spec)) {
                simulation.run(Until.step(new Draws(seed, 9).below(400)));
                simulation.apply(seed % 2 == 0 ? new Action.CutPower() : new Action.KillJvm());
            }
        }
        // then
        assertThat(threadDump()).contains("\"threads\"").doesNotContain("GroupCommitService", "\"producer-", "\"main#");
    }

    private String threadDump() throws IOException {
        Path file = directory.resolve("threads.json").toAbsolutePath();
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(file.toString(), ThreadDumpFormat.JSON);
        return Files.readString(file);
    }

    @Test
    void shouldSeeAThreadThatIsStillThere() throws IOException {
        // given
        try (Simulation simulation = Simulation
                .start(SimulationSpec.builder(Stores.config().build()).build())) {
            // when
            simulation.runWhile(Phase.OPENING);
            // then
            assertThat(threadDump()).contains("FlushRealTimeService");
        }
    }
}
