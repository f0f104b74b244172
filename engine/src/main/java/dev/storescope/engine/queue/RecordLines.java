package dev.storescope.engine.queue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Touches the bytes of records before they are looked at. Records of one queue lie apart, so the memory does not foresee
/// them by itself, and each look at one waits for what it does not have yet; asked for them together, it brings many lines
/// in the time of one. Several records side by side come faster than one after the other: the memory sees where each goes on
/// and brings the next lines unasked.
///
/// Threads: one.
final class RecordLines {
    /// So much of the memory comes and goes at once.
    private static final int LINE_BYTES = 64;
    /// As measured: 144 ns a record of 1.2 KB one by one, 126 by two or four, about 115 by eight, and 144 by 32.
    private static final int SIDE_BY_SIDE = 8;
    /// Of a longer record the memory's own looking ahead brings the rest.
    private static final int MOST_BYTES = 4096;

    private final long[] positions = new long[SIDE_BY_SIDE];
    /// Of the last byte to touch, from the first.
    private final int[] lasts = new int[SIDE_BY_SIDE];
    private int count;
    private int longestBytes;
    /// Keeps the compiler from leaving the touching out.
    private int seen;

    /// Names a record, and touches those that were named when they are enough.
    ///
    /// @param position of its first byte in `file`
    void add(MemorySegment file, long position, int sizeBytes) {
        int touchedBytes = Math.min(sizeBytes, MOST_BYTES);
        positions[count] = position;
        lasts[count] = touchedBytes - 1;
        longestBytes = Math.max(longestBytes, touchedBytes);
        count++;
        if (count == SIDE_BY_SIDE) {
            touch(file);
        }
    }

    /// Touches those that were named and not touched yet.
    void touch(MemorySegment file) {
        seen += touch(file, positions, lasts, count, longestBytes);
        count = 0;
        longestBytes = 0;
    }

    private static int touch(MemorySegment file, long[] positions, int[] lasts, int count, int longestBytes) {
        int sum = 0;
        for (int at = 0; at < longestBytes; at += LINE_BYTES) {
            for (int i = 0; i < count; i++) {
                sum += file.get(ValueLayout.JAVA_BYTE, positions[i] + Math.min(at, lasts[i]));
            }
        }
        return sum;
    }
}
