package dev.storescope.app.session.scenario;

import dev.storescope.engine.probe.ProbePoint;
import org.HdrHistogram.Histogram;

/// What the events of a run add up to, over all stores that were opened in it.
///
/// Threads: told by the world's, read while the world stands.
public final class EventTally {
    private static final int DIGITS = 3;

    private final Histogram puts;
    private final long[] told = new long[ProbePoint.values().length];
    private long forcedBytes;
    private long forceNs;
    private long longestForceNs;
    private long batchedPuts;
    private long largestBatch;
    private long putNs;
    private long longestPutNs;
    private long allocationWaits;
    private long longestAllocationWaitNs;
    private long appendedOffset;
    private long dispatchedOffset;
    private long mostDispatchBehindBytes;

    EventTally() {
        this(new Histogram(DIGITS));
    }

    private EventTally(Histogram puts) {
        this.puts = puts;
    }

    /// What they add up to now.
    EventTally copy() {
        EventTally copy = new EventTally(puts.copy());
        System.arraycopy(told, 0, copy.told, 0, told.length);
        copy.forcedBytes = forcedBytes;
        copy.forceNs = forceNs;
        copy.longestForceNs = longestForceNs;
        copy.batchedPuts = batchedPuts;
        copy.largestBatch = largestBatch;
        copy.putNs = putNs;
        copy.longestPutNs = longestPutNs;
        copy.allocationWaits = allocationWaits;
        copy.longestAllocationWaitNs = longestAllocationWaitNs;
        copy.appendedOffset = appendedOffset;
        copy.dispatchedOffset = dispatchedOffset;
        copy.mostDispatchBehindBytes = mostDispatchBehindBytes;
        return copy;
    }

    void tell(ProbePoint point, long a, long b, long c) {
        told[point.ordinal()]++;
        switch (point) {
            case FORCE_END -> {
                forcedBytes += b;
                forceNs += c;
                longestForceNs = Math.max(longestForceNs, c);
            }
            case BATCH_ACKNOWLEDGED -> {
                batchedPuts += a;
                largestBatch = Math.max(largestBatch, a);
            }
            case PUT_END -> {
                putNs += c;
                puts.recordValue(c);
                longestPutNs = Math.max(longestPutNs, c);
            }
            case ALLOCATION_TAKEN -> {
                allocationWaits += b == 0 ? 1 : 0;
                longestAllocationWaitNs = Math.max(longestAllocationWaitNs, c);
            }
            case APPEND -> {
                appendedOffset = a + b;
                mostDispatchBehindBytes = Math.max(mostDispatchBehindBytes, appendedOffset - dispatchedOffset);
            }
            case DISPATCHED -> dispatchedOffset = a + b;
            default -> {
                // counted, which is all
            }
        }
    }

    /// What was appended before is dispatched, or gone.
    void reopened() {
        dispatchedOffset = appendedOffset;
    }

    public long forces() {
        return told(ProbePoint.FORCE_END);
    }

    public long failedForces() {
        return told(ProbePoint.FORCE_FAILED);
    }

    public long forcedBytes() {
        return forcedBytes;
    }

    /// 0 when there was none.
    public long meanForceNs() {
        return forces() == 0 ? 0 : forceNs / forces();
    }

    public long longestForceNs() {
        return longestForceNs;
    }

    public long batches() {
        return told(ProbePoint.BATCH_ACKNOWLEDGED);
    }

    /// Puts in all batches.
    public long batchedPuts() {
        return batchedPuts;
    }

    public long largestBatch() {
        return largestBatch;
    }

    /// Puts that were answered, a batch of messages being one.
    public long puts() {
        return told(ProbePoint.PUT_END);
    }

    /// 0 when there was none.
    public long meanPutNs() {
        return puts() == 0 ? 0 : putNs / puts();
    }

    /// How long so many of a hundred puts took at most; 0 when there was none.
    public long putNsAtPercentile(double percentile) {
        return puts() == 0 ? 0 : Math.min(puts.getValueAtPercentile(percentile), longestPutNs);
    }

    public long longestPutNs() {
        return longestPutNs;
    }

    public long commits() {
        return told(ProbePoint.COMMIT_END);
    }

    public long allocationHits() {
        return told(ProbePoint.ALLOCATION_TAKEN) - allocationWaits;
    }

    public long allocationWaits() {
        return allocationWaits;
    }

    public long failedAllocations() {
        return told(ProbePoint.ALLOCATION_FAILED);
    }

    public long longestAllocationWaitNs() {
        return longestAllocationWaitNs;
    }

    public long fileRolls() {
        return told(ProbePoint.FILE_ROLLED);
    }

    public long dispatched() {
        return told(ProbePoint.DISPATCHED);
    }

    public long mostDispatchBehindBytes() {
        return mostDispatchBehindBytes;
    }

    /// How often an event was told.
    public long told(ProbePoint point) {
        return told[point.ordinal()];
    }
}
