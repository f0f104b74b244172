package dev.storescope.app.session.simulated;

import dev.storescope.app.session.scenario.Ending;
import dev.storescope.app.session.scenario.Scenario;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadLimits;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import dev.storescope.engine.sim.SimulationSpec;
import dev.storescope.engine.sim.disk.DiskModel;

/// The world that one meets first: small enough that files fill while one looks, and sync flush, so that producers wait for
/// the disk.
public final class FirstWorld {
    private static final long SEED = 42;
    private static final long SEGMENT_BYTES = 256 << 10;
    /// As many as some files of the log need; the usual ones make a file of 400 MiB.
    private static final long INDEX_SLOTS = 5_000;
    private static final long INDEX_ENTRIES = 20_000;
    private static final int PRODUCERS = 8;
    private static final double PUTS_PER_SECOND = 6_000;
    /// The log of a world lies in memory, and that of each moment that is kept ready.
    private static final long MOST_LOG_BYTES = 128 << 20;

    private FirstWorld() {
    }

    /// Nothing ends it.
    public static Scenario scenario() {
        MessageStoreConfig config = MessageStoreConfig.builder(Scenario.DIRECTORY)
                .set(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH)
                .set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, SEGMENT_BYTES)
                .set(StoreSetting.MAX_HASH_SLOT_NUM, INDEX_SLOTS)
                .set(StoreSetting.MAX_INDEX_NUM, INDEX_ENTRIES)
                .build();
        return Scenario.of(SimulationSpec.builder(config).seed(SEED).model(DiskModel.NVME).load(load()).build(),
                Ending.atTime(Long.MAX_VALUE));
    }

    private static LoadSpec load() {
        return LoadSpec.builder()
                .producers(PRODUCERS)
                .pacing(new Pacing.Constant(PUTS_PER_SECOND))
                .body(new BodySize.Fixed(1 << 10))
                .topics(2)
                .queuesPerTopic(4)
                .keys(true)
                .tags(3)
                .limits(LoadLimits.DEFAULT.withLogBytes(MOST_LOG_BYTES))
                .build();
    }
}
