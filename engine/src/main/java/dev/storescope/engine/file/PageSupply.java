package dev.storescope.engine.file;

import dev.storescope.engine.env.StoreEnvironment;
import java.io.IOException;

/// Under async flush, has the system make the pages that a fast log will come to next, so that no put meets them missing.
///
/// A put that comes to a page of a new file waits in the system until there is one and it is zero, and all other puts
/// wait behind it: the put lock is held. Here the system is asked for many at once, by a thread that holds nothing
/// (`MADV_POPULATE_WRITE`). Measured with 16 producers and 1 KiB bodies, files made on the way, 2 CPUs, six rounds in
/// turn (in an earlier form): 1.13 to 1.9 times the rate, at less of the processors for a message. (`MADV_WILLNEED` leaves the page faults
/// to the puts; that gave no more than 0.88 to 1.33, and took more of the processors.)
///
/// Where the pages are there already, as in a file that has another's blocks, nothing is gained: up to a tenth was lost.
/// A slow log is left alone, since pages made ahead are dirty and are written to disk as zeros when they lie for long.
///
/// Threads: as [AheadOfLog].
final class PageSupply extends AheadOfLog {
    /// Some looks long at the fastest rate that was seen, 1 GB/s.
    private static final long LEAD_BYTES = 16L << 20;
    /// A multiple of the pages of all processors, 4 to 64 KiB.
    private static final long STEP_BYTES = 512L << 10;
    /// A log that is slower is left alone.
    private static final long FAST_BYTES_PER_SECOND = 64_000_000;
    /// A fast log, too, puts nothing for some milliseconds now and then, when its threads wait for a processor.
    private static final long MEASURED_NS = 20_000_000L;
    /// While the log is fast; while it only grows, it is looked at as often as it is measured.
    private static final long FAST_LOOK_NS = 2_000_000L;
    private static final double NS_IN_S = 1e9;

    private final StoreEnvironment environment;
    private boolean isKnownToWork;
    /// Begin of what is being measured, and what the log has put since.
    private long beganNanos;
    private long sinceBytes;
    // Of what was measured last.
    private boolean grew;
    private boolean wasFast;
    /// As measured twice in a row: a crowd of messages that come at once is not a fast log, and one that pauses is not a slow
    /// one.
    private boolean fast;

    PageSupply(StoreEnvironment environment) {
        this.environment = environment;
        beganNanos = environment.nanoTime();
    }

    @Override
    void look(long grownBytes) {
        sinceBytes += grownBytes;
        long now = environment.nanoTime();
        long pastNs = now - beganNanos;
        if (pastNs >= MEASURED_NS) {
            boolean isFast = sinceBytes * NS_IN_S / pastNs >= FAST_BYTES_PER_SECOND;
            if (isFast == wasFast) {
                fast = isFast;
            }
            wasFast = isFast;
            grew = sinceBytes > 0;
            sinceBytes = 0;
            beganNanos = now;
        }
    }

    @Override
    boolean step(Ahead ahead) throws IOException {
        MappedFile file = ahead.file;
        if (!isKnownToWork) {
            // Before the log is fast: where nothing can be done, nothing is to be looked at.
            if (!file.canPopulate()) {
                turnOff();
                return false;
            }
            isKnownToWork = true;
        }
        long leadEnd = logEndOffset() + LEAD_BYTES - file.fromOffset();
        if (!fast || ahead.next(STEP_BYTES) >= leadEnd) {
            return false;
        }
        if (ahead.position == 0) {
            ahead.position = file.firstHole(ahead.next(STEP_BYTES));
        }
        long from = ahead.next(STEP_BYTES);
        long to = Math.min(from + STEP_BYTES, file.sizeBytes());
        if (from >= to || to > leadEnd) {
            return false;
        }
        ahead.position = to;
        file.populate(from, to - from);
        return true;
    }

    @Override
    long nextLookWhileOnNs() {
        if (fast) {
            return FAST_LOOK_NS;
        }
        return grew || sinceBytes > 0 ? MEASURED_NS : Long.MAX_VALUE;
    }
}
