package dev.storescope.engine.load;

import dev.storescope.engine.api.PutMessageLockKind;
import dev.storescope.engine.env.PutMessageLock;
import dev.storescope.engine.env.StoreEnvironment;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// Latencies of all producers, in nanoseconds.
///
/// Threads: [#record] by producers, wait-free; the rest by any.
final class LatencyRecorder {
    /// What takes longer is counted as this.
    static final long HIGHEST_NS = 600_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;
    /// Producers share so many recorders: enough that few meet in one, few enough to stay small in memory.
    private static final int STRIPES = 8;

    /// Half a megabyte each, so made when first used: a simulated run has few producers, and there are many such runs.
    private final AtomicReferenceArray<Recorder> stripes = new AtomicReferenceArray<>(STRIPES);
    private final Histogram[] recycled = new Histogram[STRIPES];
    /// Of all intervals that were taken. Adding one is thirty thousand additions, so it is done once an interval.
    private final Histogram earlier = newHistogram();
    /// Since the last one was taken.
    private final Histogram interval = newHistogram();
    /// Guards all but the recorders: readers take turns. Producers never come here.
    private final PutMessageLock readers;

    LatencyRecorder(StoreEnvironment environment) {
        readers = environment.newPutMessageLock(PutMessageLockKind.REENTRANT);
    }

    void record(int producer, long latencyNs) {
        int stripe = producer % STRIPES;
        Recorder recorder = stripes.get(stripe);
        if (recorder == null) {
            recorder = make(stripe);
        }
        recorder.recordValue(Math.clamp(latencyNs, 0, HIGHEST_NS));
    }

    private Recorder make(int stripe) {
        Recorder made = new Recorder(1, HIGHEST_NS, SIGNIFICANT_DIGITS);
        return stripes.compareAndSet(stripe, null, made) ? made : stripes.get(stripe);
    }

    Histogram takeInterval() {
        readers.lock();
        try {
            drainLocked();
            Histogram taken = interval.copy();
            earlier.add(interval);
            interval.reset();
            return taken;
        } finally {
            readers.unlock();
        }
    }

    Histogram total() {
        readers.lock();
        try {
            drainLocked();
            Histogram total = earlier.copy();
            total.add(interval);
            return total;
        } finally {
            readers.unlock();
        }
    }

    private void drainLocked() {
        for (int i = 0; i < STRIPES; i++) {
            Recorder recorder = stripes.get(i);
            if (recorder == null) {
                continue;
            }
            recycled[i] = recorder.getIntervalHistogram(recycled[i]);
            if (recycled[i].getTotalCount() > 0) {
                interval.add(recycled[i]);
            }
        }
    }

    private static Histogram newHistogram() {
        return new Histogram(1, HIGHEST_NS, SIGNIFICANT_DIGITS);
    }
}
