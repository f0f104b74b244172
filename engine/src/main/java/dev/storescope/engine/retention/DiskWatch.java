package dev.storescope.engine.retention;

import dev.storescope.engine.api.DiskWatermark;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RetentionSnapshot;
import dev.storescope.engine.api.RunningFlag;
import dev.storescope.engine.env.Disk;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.RunningFlags;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// How full the disk is, which watermarks that reaches, and whether puts are refused for it.
///
/// Threads: [#look()] by the service's own; the rest by any.
final class DiskWatch {
    private static final System.Logger LOG = System.getLogger(DiskWatch.class.getName());

    private final StoreEnvironment environment;
    private final MessageStoreConfig config;
    private final RunningFlags flags;
    // Written by the service's thread, read by whoever takes a snapshot.
    private volatile Look lastLook = new Look(0, 0, 0, 0, "");

    DiskWatch(StoreEnvironment environment, MessageStoreConfig config, RunningFlags flags) {
        this.environment = environment;
        this.config = config;
        this.flags = flags;
    }

    /// What was seen.
    ///
    /// @param atNanos 0 for never
    /// @param failure why the disk did not say; the figures are those of the last time then
    record Look(long atNanos, double usedRatio, long usableBytes, long totalBytes, String failure) {
    }

    /// Asks the disk, and refuses or takes puts after what it says. A disk that does not say changes nothing.
    void look() {
        Look before = lastLook;
        try {
            Disk.Space space = environment.disk().space(config.storePathCommitLog());
            lastLook = new Look(environment.nanoTime(), space.usedRatio(), space.usableBytes(), space.totalBytes(), "");
        } catch (IOException e) {
            lastLook = new Look(before.atNanos, before.usedRatio, before.usableBytes, before.totalBytes, e.toString());
            if (before.failure.isEmpty()) {
                LOG.log(Level.WARNING, "it is not known how full the disk is", e);
            }
            return;
        }
        if (isReached(DiskWatermark.PUTS_REFUSED)) {
            refusePuts();
        } else if (flags.clear(RunningFlag.DISK_FULL)) {
            LOG.log(Level.INFO, "the disk has room again, {0} % are used: puts are taken", percent(usedRatio()));
        }
    }

    private void refusePuts() {
        String reason = "the disk is %s %% full, puts are taken again below %s %% (diskSpaceWarningLevelRatio)"
                .formatted(percent(usedRatio()), percent(DiskWatermark.PUTS_REFUSED.ratio(config)));
        if (flags.set(RunningFlag.DISK_FULL, reason)) {
            LOG.log(Level.ERROR, "puts are refused: {0}", reason);
        }
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f", ratio * 100);
    }

    boolean isReached(DiskWatermark watermark) {
        return watermark.isReached(config, lastLook.usedRatio);
    }

    double usedRatio() {
        return lastLook.usedRatio;
    }

    Look lastLook() {
        return lastLook;
    }

    List<RetentionSnapshot.Level> levels() {
        return Stream.of(DiskWatermark.values())
                .map(watermark -> new RetentionSnapshot.Level(watermark, watermark.ratio(config),
                        isReached(watermark)))
                .toList();
    }
}
