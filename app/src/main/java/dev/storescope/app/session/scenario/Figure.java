package dev.storescope.app.session.scenario;

import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.sim.LedgerEntry.Cause;
import dev.storescope.engine.sim.LedgerEntry.Fate;
import java.util.function.ToLongFunction;

/// A figure of what came of a run, which a scenario may foretell.
public enum Figure {
    /// Messages that were put.
    MESSAGES("messages", Measure.COUNT, outcome -> outcome.ledger().messages()),
    /// Messages answered with PUT_OK.
    ACKNOWLEDGED("acknowledged", Measure.COUNT, outcome -> outcome.ledger().acknowledged()),
    ACKNOWLEDGED_KEPT("acknowledgedKept", Measure.COUNT, outcome -> outcome.ledger().of(Fate.ACKNOWLEDGED_KEPT)),
    ACKNOWLEDGED_LOST("acknowledgedLost", Measure.COUNT, outcome -> outcome.ledger().of(Fate.ACKNOWLEDGED_LOST)),
    UNACKNOWLEDGED_KEPT("unacknowledgedKept", Measure.COUNT,
            outcome -> outcome.ledger().of(Fate.UNACKNOWLEDGED_KEPT)),
    UNACKNOWLEDGED_GONE("unacknowledgedGone", Measure.COUNT,
            outcome -> outcome.ledger().of(Fate.UNACKNOWLEDGED_GONE)),
    /// Acknowledged, and lost because they stood only in a write buffer of the process.
    LOST_IN_WRITE_BUFFER("lostInWriteBuffer", Measure.COUNT,
            outcome -> outcome.ledger().lostBy(Cause.IN_WRITE_BUFFER)),
    /// Acknowledged, and lost because they lay behind the flushed pointer when the power failed.
    LOST_BEYOND_FLUSHED("lostBeyondFlushed", Measure.COUNT,
            outcome -> outcome.ledger().lostBy(Cause.BEYOND_FLUSHED)),
    /// Lost against the store's promise.
    BROKEN_PROMISES("brokenPromises", Measure.COUNT, outcome -> outcome.ledger().brokenPromises()),
    /// Found in the log though nobody put them, or twice.
    STRANGERS("strangers", Measure.COUNT, outcome -> outcome.ledger().strangers().size()),
    /// Messages answered with FLUSH_DISK_TIMEOUT.
    FLUSH_DISK_TIMEOUTS("flushDiskTimeouts", Measure.COUNT,
            outcome -> outcome.ledger().answered(PutMessageStatus.FLUSH_DISK_TIMEOUT)),
    /// Messages answered with CREATE_MAPPED_FILE_FAILED.
    CREATE_MAPPED_FILE_FAILED("createMappedFileFailed", Measure.COUNT,
            outcome -> outcome.ledger().answered(PutMessageStatus.CREATE_MAPPED_FILE_FAILED)),
    /// Messages answered with SERVICE_NOT_AVAILABLE.
    SERVICE_NOT_AVAILABLE("serviceNotAvailable", Measure.COUNT,
            outcome -> outcome.ledger().answered(PutMessageStatus.SERVICE_NOT_AVAILABLE)),
    CRASHES("crashes", Measure.COUNT, outcome -> outcome.crashes().size()),
    /// Stores that were opened, the first one included.
    OPENINGS("openings", Measure.COUNT, outcome -> outcome.recoveries().size()),
    /// Forces of the log that succeeded.
    FORCES("forces", Measure.COUNT, outcome -> outcome.tally().forces()),
    FAILED_FORCES("failedForces", Measure.COUNT, outcome -> outcome.tally().failedForces()),
    LONGEST_FORCE("longestForce", Measure.NANOSECONDS, outcome -> outcome.tally().longestForceNs()),
    /// Under sync flush.
    BATCHES("batches", Measure.COUNT, outcome -> outcome.tally().batches()),
    LARGEST_BATCH("largestBatch", Measure.COUNT, outcome -> outcome.tally().largestBatch()),
    /// Half of the puts took so long at most.
    PUT_P50("putP50", Measure.NANOSECONDS, outcome -> outcome.tally().putNsAtPercentile(50)),
    PUT_P99("putP99", Measure.NANOSECONDS, outcome -> outcome.tally().putNsAtPercentile(99)),
    PUT_P999("putP999", Measure.NANOSECONDS, outcome -> outcome.tally().putNsAtPercentile(99.9)),
    LONGEST_PUT("longestPut", Measure.NANOSECONDS, outcome -> outcome.tally().longestPutNs()),
    COMMITS("commits", Measure.COUNT, outcome -> outcome.tally().commits()),
    /// Next files of the log that were ready when they were needed.
    ALLOCATION_HITS("allocationHits", Measure.COUNT, outcome -> outcome.tally().allocationHits()),
    /// Next files of the log that an append had to wait for.
    ALLOCATION_WAITS("allocationWaits", Measure.COUNT, outcome -> outcome.tally().allocationWaits()),
    FAILED_ALLOCATIONS("failedAllocations", Measure.COUNT, outcome -> outcome.tally().failedAllocations()),
    LONGEST_ALLOCATION_WAIT("longestAllocationWait", Measure.NANOSECONDS,
            outcome -> outcome.tally().longestAllocationWaitNs()),
    FILE_ROLLS("fileRolls", Measure.COUNT, outcome -> outcome.tally().fileRolls()),
    DISPATCHED("dispatched", Measure.COUNT, outcome -> outcome.tally().dispatched()),
    /// How far dispatch was behind the appends at most.
    MOST_DISPATCH_BEHIND("mostDispatchBehind", Measure.BYTES, outcome -> outcome.tally().mostDispatchBehindBytes());

    private final String word;
    private final Measure measure;
    private final ToLongFunction<ScenarioOutcome> reading;

    Figure(String word, Measure measure, ToLongFunction<ScenarioOutcome> reading) {
        this.word = word;
        this.measure = measure;
        this.reading = reading;
    }

    /// As in a file.
    public String word() {
        return word;
    }

    public Measure measure() {
        return measure;
    }

    public long in(ScenarioOutcome outcome) {
        return reading.applyAsLong(outcome);
    }
}
