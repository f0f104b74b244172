package dev.storescope.app.panel.storemode;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.RateMeter;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.Force;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// Says what each choice means in numbers, at the rate of the moment.
final class ModeNotes {
    /// Told of when nothing is put: numbers without a rate mean nothing.
    private static final double EXAMPLE_PER_SECOND = 1_000;
    private static final double EXAMPLE_RECORD_BYTES = 1_200;
    private static final double LEAST_PER_SECOND = 1;

    private final Texts texts;
    private final RateMeter messages = new RateMeter();
    private final RateMeter bytes = new RateMeter();
    private long generation;
    private Optional<String> lockWait = Optional.empty();

    /// One note for each row; "" for none.
    record Notes(String flush, String pool, String lock, String warm, String segment, String flushPacing,
            String commitPacing) {
        static final Notes NONE = new Notes("", "", "", "", "", "", "");
    }

    ModeNotes(Texts texts) {
        this.texts = texts;
    }

    /// Sees every frame, so that rates are known when notes are written.
    void measure(Frame frame) {
        if (frame.generation() != generation) {
            generation = frame.generation();
            messages.reset();
            bytes.reset();
            lockWait = Optional.empty();
        }
        frame.snapshot().ifPresent(snapshot -> {
            messages.add(snapshot.takenAtNanos(), snapshot.counters().messages());
            bytes.add(snapshot.takenAtNanos(), snapshot.counters().messageBytes());
        });
        Histogram lock = frame.intervals().stages().get(PutStage.LOCK);
        if (lock != null && lock.getTotalCount() > 0) {
            lockWait = Optional.of(Formats.duration(lock.getValueAtPercentile(50)));
        }
    }

    /// @param config with what was chosen, though it may not be in force yet
    Notes write(MessageStoreConfig config, StoreSnapshot snapshot) {
        Rate rate = rate(snapshot);
        LossEstimate loss = LossEstimate.of(config, rate.bytesPerSecond, worstForceNs(snapshot));
        return new Notes(flush(config, snapshot, rate, loss), pool(config, rate, loss),
                lockWait.map(wait -> texts.get("storeMode.lock.note", wait)).orElse(""), warm(config),
                segment(config, rate), flushPacing(config), commitPacing(config));
    }

    private String flush(MessageStoreConfig config, StoreSnapshot snapshot, Rate rate, LossEstimate loss) {
        if (config.flushDiskType() == FlushDiskType.SYNC_FLUSH) {
            return medianForceNs(snapshot) == 0
                    ? texts.get("storeMode.flush.sync.note")
                    : texts.get("storeMode.flush.sync.noteForce", Formats.duration(medianForceNs(snapshot)));
        }
        return texts.get("storeMode.flush.async.note", rate.text(),
                Formats.count(roughly(LossEstimate.messages(loss.powerFailsNs(), rate.messagesPerSecond))));
    }

    private String pool(MessageStoreConfig config, Rate rate, LossEstimate loss) {
        return switch (config.toBuilder().set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true).build().poolState()) {
            case NEEDS_ASYNC_FLUSH -> texts.get("storeMode.pool.needsAsync");
            case NEEDS_MASTER -> texts.get("storeMode.pool.needsMaster");
            case OFF, ACTS -> config.transientStorePoolActs()
                    ? texts.get("storeMode.pool.note", rate.text(),
                            Formats.count(roughly(LossEstimate.messages(loss.jvmDiesNs(), rate.messagesPerSecond))))
                    : texts.get("storeMode.pool.off", Formats.bytes(
                            config.number(StoreSetting.TRANSIENT_STORE_POOL_SIZE) * config.mappedFileSizeCommitLog()));
        };
    }

    private String warm(MessageStoreConfig config) {
        String pages = Formats.count(config.mappedFileSizeCommitLog() / LossEstimate.PAGE_BYTES);
        return texts.get(config.flag(StoreSetting.WARM_MAPED_FILE_ENABLE) ? "storeMode.warm.on" : "storeMode.warm.off",
                pages);
    }

    private String segment(MessageStoreConfig config, Rate rate) {
        double seconds = config.mappedFileSizeCommitLog() / rate.bytesPerSecond;
        return texts.get("storeMode.segment.note", rate.text(), Formats.duration(roughly((long) (seconds * 1e9))));
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

    private Rate rate(StoreSnapshot snapshot) {
        double measured = messages.perSecond().orElse(0);
        if (measured >= LEAST_PER_SECOND) {
            return new Rate(measured, bytes.perSecond().orElse(measured * EXAMPLE_RECORD_BYTES));
        }
        var counters = snapshot.counters();
        double recordBytes = counters.messages() > 0
                ? (double) counters.messageBytes() / counters.messages()
                : EXAMPLE_RECORD_BYTES;
        return new Rate(EXAMPLE_PER_SECOND, EXAMPLE_PER_SECOND * recordBytes);
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
