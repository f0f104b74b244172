package dev.storescope.app;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.BodySize;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// A picture that the program can draw by itself: a store in a mode, the load on it, and the moment.
enum Shot {
    /// Sync flush: one force acknowledges a batch while the next one gathers.
    MAIN_SYNC(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH), new Pacing.Constant(1_300),
            snapshot -> snapshot.flush().forceStartedNanos() != 0 && snapshot.flush().requestsWrite() >= 3),
    /// Async flush: the log runs ahead of the disk by what lies in the page cache.
    MAIN_ASYNC(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH), new Pacing.Constant(1_300),
            snapshot -> snapshot.log().unflushedBytes() > 400 << 10),
    /// The transient pool: buffer, page cache, disk.
    MAIN_POOL(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.ASYNC_FLUSH,
            StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true), new Pacing.Constant(1_300),
            snapshot -> snapshot.log().uncommittedBytes() > 160 << 10
                    && snapshot.log().unflushedBytes() > 400 << 10),
    /// The screen Queues: dispatch waits for the force, and a consumer follows.
    QUEUES(Map.of(StoreSetting.FLUSH_DISK_TYPE, FlushDiskType.SYNC_FLUSH), new Pacing.Constant(1_300),
            snapshot -> snapshot.dispatch().behindBytes() > 2 << 10),
    /// The sample on the screen Inspect; no store is open.
    INSPECT(Map.of(), new Pacing.Constant(0), _ -> true);

    private static final int SEED = 42;

    private final Map<StoreSetting, Object> settings;
    private final Pacing pacing;
    private final Predicate<StoreSnapshot> moment;

    Shot(Map<StoreSetting, Object> settings, Pacing pacing, Predicate<StoreSnapshot> moment) {
        this.settings = settings;
        this.pacing = pacing;
        this.moment = moment;
    }

    /// As on the command line: `main-sync`.
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Shot> named(String code) {
        return Arrays.stream(values()).filter(shot -> shot.code().equalsIgnoreCase(code)).findFirst();
    }

    Map<StoreSetting, Object> settings() {
        return settings;
    }

    LoadSpec load() {
        return LoadSpec.builder()
                .producers(16)
                .pacing(pacing)
                .body(new BodySize.LogUniform(120, 1_600))
                .topics(4)
                .queuesPerTopic(8)
                .keys(true)
                .tags(3)
                .seed(SEED)
                .build();
    }

    /// Whether this is a moment worth a picture.
    boolean isMoment(StoreSnapshot snapshot) {
        return moment.test(snapshot);
    }
}
