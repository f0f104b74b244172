package dev.storescope.engine.inspect;

import java.util.Arrays;

/// Where each 256th row of a log begins, so that any row is found by a short walk.
///
/// Threads: one adds; any reads what was published.
final class RowMap {
    static final int STRIDE = 256;

    private long[] starts = new long[64];
    private int count;
    private volatile Published published = new Published(starts, 0);

    /// @param starts longer than `count`; what stands before `count` never changes
    private record Published(long[] starts, int count) {
    }

    /// The next row that is a multiple of [#STRIDE] begins at this offset.
    void add(long offset) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count] = offset;
        count++;
        published = new Published(starts, count);
    }

    /// Where the walk to `row` begins; only for a row that is known.
    long startBefore(long row) {
        return published.starts[(int) (row / STRIDE)];
    }

    /// The first row of the stride in which `offset` lies, 0 before all.
    long rowBefore(long offset) {
        Published now = published;
        int index = Arrays.binarySearch(now.starts, 0, now.count, offset);
        return (long) STRIDE * Math.max(0, index >= 0 ? index : -index - 2);
    }
}
