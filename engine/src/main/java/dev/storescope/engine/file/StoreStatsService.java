package dev.storescope.engine.file;

import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreSnapshot.Counters;
import dev.storescope.engine.api.StoreStats;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// Counters and distributions (RocketMQ `StoreStatsService`).
///
/// Threads: any; [#appendedLocked] and [#rolledLocked] under the put lock.
public final class StoreStatsService implements StoreStats {
    private static final int SIGNIFICANT_DIGITS = 2;

    private final Map<PutMessageStatus, LongAdder> puts = new EnumMap<>(PutMessageStatus.class);
    private final Map<PutStage, Recorder> stages = new EnumMap<>(PutStage.class);
    private final Map<PutStage, Histogram> recycled = new EnumMap<>(PutStage.class);
    private final LongAdder forces = new LongAdder();
    private final LongAdder forcedBytes = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder batchedRequests = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final LongAdder committedBytes = new LongAdder();
    private final LongAdder getsFound = new LongAdder();
    private final LongAdder getsMissed = new LongAdder();
    private final LongAdder messagesGot = new LongAdder();
    private final PutTimes putTimes = new PutTimes();
    private final StoreRates rates = new StoreRates();
    // The rest is written under the put lock and read by whoever takes a snapshot.
    private final AtomicLong messageBytes = new AtomicLong();
    private volatile long fileRolls;

    public StoreStatsService() {
        for (PutMessageStatus status : PutMessageStatus.values()) {
            puts.put(status, new LongAdder());
        }
        for (PutStage stage : PutStage.values()) {
            stages.put(stage, new Recorder(SIGNIFICANT_DIGITS));
        }
    }

    /// Counts a put by how it ended.
    public void put(PutMessageStatus status) {
        puts.get(status).increment();
    }

    /// The pair of [#put] when somebody else had counted the same put.
    public void takeBack(PutMessageStatus status) {
        puts.get(status).decrement();
    }

    /// @param durationNs what a sampled put spent in the stage
    public void stage(PutStage stage, long durationNs) {
        stages.get(stage).recordValue(Math.max(0, durationNs));
        if (stage == PutStage.TOTAL) {
            putTimes.record(durationNs);
        }
    }

    public void appendedLocked(int bytes) {
        // One writer at a time; a full fence for each put would be a waste.
        messageBytes.setOpaque(messageBytes.getPlain() + bytes);
    }

    public void rolledLocked() {
        fileRolls = fileRolls + 1;
    }

    public void forced(long bytes) {
        forces.increment();
        forcedBytes.add(bytes);
    }

    public void batch(int requests) {
        batches.increment();
        batchedRequests.add(requests);
    }

    public void committed(long bytes) {
        commits.increment();
        committedBytes.add(bytes);
    }

    /// Counts a look for messages of a queue that found some.
    public void getFound(int messages) {
        getsFound.increment();
        messagesGot.add(messages);
    }

    /// Counts a look for messages of a queue that found none.
    public void getMissed() {
        getsMissed.increment();
    }

    /// How long sampled puts took.
    public PutTimes putTimes() {
        return putTimes;
    }

    /// Totals at one moment.
    ///
    /// @param puts that were answered with success
    /// @param getsFound looks for messages that found some
    /// @param getsMissed looks for messages that found none
    /// @param messagesGot messages in those that found some
    public record Totals(long atNanos, long puts, long getsFound, long getsMissed, long messagesGot) {
        long gets() {
            return getsFound + getsMissed;
        }
    }

    public Totals totals(long nowNanos) {
        return new Totals(nowNanos, puts.get(PutMessageStatus.PUT_OK).sum(), getsFound.sum(), getsMissed.sum(),
                messagesGot.sum());
    }

    void sample(long nowNanos) {
        rates.sample(totals(nowNanos));
    }

    /// Rates as RocketMQ writes them: a second, over the last 10, 60 and 600 s, by RocketMQ's names.
    public Map<String, String> rates() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("putTps", rates.text(Totals::puts));
        texts.put("getFoundTps", rates.text(Totals::getsFound));
        texts.put("getMissTps", rates.text(Totals::getsMissed));
        texts.put("getTotalTps", rates.text(Totals::gets));
        texts.put("getTransferredTps", rates.text(Totals::messagesGot));
        return texts;
    }

    /// @param messages appended since the start
    /// @param bufferShortages of the transient store pool
    /// @param putSamplingInterval of the probe
    /// @param eventsDropped by the probe
    public Counters counters(long messages, long bufferShortages, int putSamplingInterval, long eventsDropped) {
        Map<PutMessageStatus, Long> byStatus = new EnumMap<>(PutMessageStatus.class);
        puts.forEach((status, count) -> byStatus.put(status, count.sum()));
        return new Counters(byStatus, messages, messageBytes.getOpaque(), forces.sum(), forcedBytes.sum(),
                batches.sum(),
                batchedRequests.sum(), commits.sum(), committedBytes.sum(), fileRolls, bufferShortages,
                putSamplingInterval, eventsDropped);
    }

    @Override
    public Histogram takeInterval(PutStage stage) {
        Histogram interval = stages.get(stage).getIntervalHistogram(recycled.get(stage));
        recycled.put(stage, interval);
        return interval.copy();
    }
}
