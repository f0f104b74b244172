package dev.storescope.app.panel.storemode;

import dev.storescope.app.panel.PoolUse;
import dev.storescope.app.pulse.Frame;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.Force;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.load.Pacing;
import java.util.Optional;
import java.util.OptionalLong;

/// Says what each choice means in numbers, at the rate of the moment.
final class ModeNotes {
    /// A record without its body: head, topic and a few properties.
    private static final double USUAL_OVERHEAD_BYTES = 176;
    private static final double LEAST_PER_SECOND = 1;

    private final Texts texts;

    /// One note for each row; "" for none.
    record Notes(String flush, String pool, String lock, String warm, String segment, String flushPacing,
            String commitPacing) {
        static final Notes NONE = new Notes("", "", "", "", "", "", "");
    }

    ModeNotes(Texts texts) {
        this.texts = texts;
    }

    /// @param config with what was chosen, though it may not be in force yet
    Notes write(MessageStoreConfig config, Frame frame, StoreSnapshot snapshot) {
        Optional<Rate> rate = rate(frame, snapshot);
        LossEstimate loss = LossEstimate.of(config, rate.map(Rate::bytesPerSecond).orElse(0.0),
                worstForceNs(snapshot));
        OptionalLong lockWaitNs = frame.rates().lockWaitNs();
        return new Notes(flush(config, snapshot, rate, loss), pool(config, PoolUse.of(snapshot), rate, loss),
                lockWaitNs.isEmpty()
                        ? ""
                        : texts.get("storeMode.lock.note", Formats.duration(lockWaitNs.getAsLong())),
                warm(config), segment(config, rate), flushPacing(config), commitPacing(config));
    }

    private String flush(MessageStoreConfig config, StoreSnapshot snapshot, Optional<Rate> rate,
            LossEstimate loss) {
        if (config.flushDiskType() == FlushDiskType.SYNC_FLUSH) {
            return medianForceNs(snapshot) == 0
                    ? texts.get("storeMode.flush.sync.note")
                    : texts.get("storeMode.flush.sync.noteForce", Formats.duration(medianForceNs(snapshot)));
        }
        return lost("storeMode.flush.async", loss.powerFailsNs(), rate);
    }

    /// @param use of the pool by the store as it is, which may not have what was chosen yet
    private String pool(MessageStoreConfig config, PoolUse use, Optional<Rate> rate, LossEstimate loss) {
        return switch (config.toBuilder().set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true).build().poolState()) {
            case NEEDS_ASYNC_FLUSH -> texts.get("storeMode.pool.needsAsync");
            case NEEDS_MASTER -> texts.get("storeMode.pool.needsMaster");
            case OFF, ACTS -> {
                if (!config.transientStorePoolActs()) {
                    yield texts.get("storeMode.pool.off", Formats.bytes(
                            config.number(StoreSetting.TRANSIENT_STORE_POOL_SIZE) * config.mappedFileSizeCommitLog()));
                }
                yield use.isPassedOver()
                        ? texts.get("storeMode.pool." + use)
                        : lost("storeMode.pool", loss.jvmDiesNs(), rate);
            }
        };
    }

    /// In messages; in time where no rate is known.
    private String lost(String key, long worstNs, Optional<Rate> rate) {
        return rate.isPresent()
                ? texts.get(key + ".note", rate.get().text(),
                        Formats.count(roughly(LossEstimate.messages(worstNs, rate.get().messagesPerSecond))))
                : texts.get(key + ".noteTime", Formats.duration(roughly(worstNs)));
    }

    private String warm(MessageStoreConfig config) {
        String pages = Formats.count(config.mappedFileSizeCommitLog() / LossEstimate.PAGE_BYTES);
        return texts.get(config.flag(StoreSetting.WARM_MAPED_FILE_ENABLE) ? "storeMode.warm.on" : "storeMode.warm.off",
                pages);
    }

    private String segment(MessageStoreConfig config, Optional<Rate> rate) {
        if (rate.isEmpty()) {
            return texts.get("storeMode.segment.noteNoRate");
        }
        double seconds = config.mappedFileSizeCommitLog() / rate.get().bytesPerSecond;
        return texts.get("storeMode.segment.note", rate.get().text(),
                Formats.duration(roughly((long) (seconds * 1e9))));
    }

    private String flushPacing(MessageStoreConfig config) {
        return config.flushDiskType() == FlushDiskType.SYNC_FLUSH
                ? texts.get("storeMode.flushPacing.sync")
                : texts.get("storeMode.pacing.note",
                        Formats.count(config.number(StoreSetting.FLUSH_COMMIT_LOG_LEAST_PAGES)),
                        Formats.duration(config.nanos(StoreSetting.FLUSH_COMMIT_LOG_THOROUGH_INTERVAL)));
    }

    private String commitPacing(MessageStoreConfig config) {
        return texts.get("storeMode.pacing.note",
                Formats.count(config.number(StoreSetting.COMMIT_COMMIT_LOG_LEAST_PAGES)),
                Formats.duration(config.nanos(StoreSetting.COMMIT_COMMIT_LOG_THOROUGH_INTERVAL)));
    }

    /// What is put now; while nothing is, what the load would put. None for a closed loop that has not run: the store
    /// sets its pace.
    private static Optional<Rate> rate(Frame frame, StoreSnapshot snapshot) {
        double measured = frame.rates().messages().orElse(0);
        if (measured >= LEAST_PER_SECOND) {
            return Optional.of(new Rate(measured,
                    frame.rates().bytes().orElse(measured * recordBytes(frame.loadSpec(), snapshot))));
        }
        double target = targetPerSecond(frame.loadSpec().pacing());
        return target < LEAST_PER_SECOND
                ? Optional.empty()
                : Optional.of(new Rate(target, target * recordBytes(frame.loadSpec(), snapshot)));
    }

    /// The fastest that is asked for; 0 when nothing is.
    private static double targetPerSecond(Pacing pacing) {
        return switch (pacing) {
            case Pacing.ClosedLoop() -> 0;
            case Pacing.Constant(double perSecond) -> perSecond;
            case Pacing.Ramp(double from, double to, double _) -> Math.max(from, to);
            case Pacing.Steps(double from, double add, double _, int steps) -> Math.max(from, from + add * steps);
            case Pacing.Bursts(int messages, double everySeconds) -> messages / everySeconds;
        };
    }

    private static double recordBytes(LoadSpec spec, StoreSnapshot snapshot) {
        var counters = snapshot.counters();
        return counters.messages() > 0
                ? (double) counters.messageBytes() / counters.messages()
                : (spec.body().minBytes() + spec.body().maxBytes()) / 2.0 + USUAL_OVERHEAD_BYTES;
    }

    private static long worstForceNs(StoreSnapshot snapshot) {
        return snapshot.flush().forces().stream().mapToLong(Force::durationNs).max().orElse(0);
    }

    private static long medianForceNs(StoreSnapshot snapshot) {
        long[] sorted = snapshot.flush().forces().stream().mapToLong(Force::durationNs).sorted().toArray();
        return sorted.length == 0 ? 0 : roughly(sorted[sorted.length / 2]);
    }

    /// Two digits: an estimate with more looks like a promise, and would never stand still.
    private static long roughly(long number) {
        long unit = 1;
        while (number / unit >= 100) {
            unit *= 10;
        }
        return (number + unit / 2) / unit * unit;
    }

    private record Rate(double messagesPerSecond, double bytesPerSecond) {
        String text() {
            return Formats.perSecond(roughly(Math.round(messagesPerSecond)));
        }
    }
}
