package dev.storescope.engine.inspect.check;

import java.util.HashMap;
import java.util.Map;

/// A set of numbers from 0 on, most of them neighbours. Threads: one.
final class NumberMarks {
    private static final int CHUNK_BITS = 12;

    private final Map<Long, long[]> chunks = new HashMap<>();
    private long size;

    void add(long number) {
        long[] chunk = chunks.computeIfAbsent(number >> CHUNK_BITS, _ -> new long[1 << CHUNK_BITS - 6]);
        int word = (int) (number & (1 << CHUNK_BITS) - 1) >> 6;
        long bit = 1L << number;
        if ((chunk[word] & bit) == 0) {
            chunk[word] |= bit;
            size++;
        }
    }

    boolean contains(long number) {
        long[] chunk = chunks.get(number >> CHUNK_BITS);
        return chunk != null && (chunk[(int) (number & (1 << CHUNK_BITS) - 1) >> 6] & 1L << number) != 0;
    }

    long size() {
        return size;
    }
}
