package dev.storescope.engine.load;

import dev.storescope.engine.api.PutMessageStatus;
import java.util.concurrent.atomic.AtomicLongArray;

/// What one producer has counted. An array of its own, so that producers don't share cache lines.
///
/// Threads: the producer adds, any thread reads.
final class Tally {
    private static final int STATUSES = PutMessageStatus.values().length;
    private static final int MISSED = STATUSES;
    private static final int LATE = STATUSES + 1;
    private static final int PUTS = STATUSES + 2;
    private static final int BODY_BYTES = STATUSES + 3;
    private static final int RECORD_BYTES = STATUSES + 4;
    private static final int SEQUENCE = STATUSES + 5;
    private static final int LENGTH = STATUSES + 6;

    private final AtomicLongArray counts = new AtomicLongArray(LENGTH);

    void put(PutMessageStatus status, int messages) {
        add(status.ordinal(), messages);
        add(PUTS, 1);
    }

    void stored(long bodyBytes, long recordBytes) {
        add(BODY_BYTES, bodyBytes);
        add(RECORD_BYTES, recordBytes);
    }

    void missed(long messages) {
        add(MISSED, messages);
    }

    void late(long messages) {
        add(LATE, messages);
    }

    /// Moves on to the next message numbers.
    void advance(int messages) {
        add(SEQUENCE, messages);
    }

    /// The number that the producer's next message gets.
    long sequence() {
        return counts.getAcquire(SEQUENCE);
    }

    long sent(PutMessageStatus status) {
        return counts.getAcquire(status.ordinal());
    }

    long missed() {
        return counts.getAcquire(MISSED);
    }

    long late() {
        return counts.getAcquire(LATE);
    }

    long puts() {
        return counts.getAcquire(PUTS);
    }

    long bodyBytes() {
        return counts.getAcquire(BODY_BYTES);
    }

    long recordBytes() {
        return counts.getAcquire(RECORD_BYTES);
    }

    private void add(int index, long number) {
        counts.setRelease(index, counts.getPlain(index) + number);
    }
}
