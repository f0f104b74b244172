package dev.storescope.engine.dispatch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks through the bytes of properties eight at a time: this is most of what following the log costs.
final class PropertyBytes {
    /// An array that is looked through has so many bytes behind its text.
    static final int PADDING_BYTES = Long.BYTES;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    /// What [#asciiHash] gives for text that is not ASCII: no hash, for it has its high bits set.
    static final long NOT_ASCII = -1;
    private static final long EACH_SECOND_BYTE = 0x00FF00FF00FF00FFL;
    private static final long EACH_SECOND_PAIR = 0x0000FFFF0000FFFFL;
    private static final int POWER_2 = 31 * 31;
    private static final int POWER_4 = POWER_2 * POWER_2;
    private static final int POWER_8 = POWER_4 * POWER_4;
    /// Of 31, up to the seventh.
    private static final int[] POWERS = powers();

    private PropertyBytes() {
    }

    /// Where a byte stands first from `from` on; `end` when it does not stand before that.
    static int indexOf(byte[] bytes, byte wanted, int from, int end) {
        long pattern = wanted * ONES;
        for (int at = from; at < end; at += Long.BYTES) {
            // A byte that is wanted becomes 0; its high bit is set, as may be those of bytes behind it.
            long difference = (long) WORD.get(bytes, at) ^ pattern;
            long found = difference - ONES & ~difference & HIGH_BITS;
            if (found != 0) {
                return Math.min(end, at + Long.numberOfTrailingZeros(found) / Byte.SIZE);
            }
        }
        return end;
    }

    /// Goes on from `start` with ASCII text as [String#hashCode()] does.
    ///
    /// @return the hash in the low half of a long, or [#NOT_ASCII]
    static long asciiHash(int start, byte[] bytes, int from, int end) {
        int hash = start;
        long all = 0;
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long word = (long) WORD.get(bytes, at);
            all |= word;
            hash = POWER_8 * hash + hashOfEight(word);
        }
        int left = end - at;
        if (left > 0) {
            // Zeros in front of the rest add nothing.
            long word = firstOf((long) WORD.get(bytes, at), left) << Byte.SIZE * (Long.BYTES - left);
            all |= word;
            hash = POWERS[left] * hash + hashOfEight(word);
        }
        return (all & HIGH_BITS) == 0 ? Integer.toUnsignedLong(hash) : NOT_ASCII;
    }

    /// All eight at once: the bytes are added up to pairs, those to fours, and those to the eight.
    private static int hashOfEight(long word) {
        long pairs = (word & EACH_SECOND_BYTE) * 31 + (word >>> Byte.SIZE & EACH_SECOND_BYTE);
        long fours = (pairs & EACH_SECOND_PAIR) * POWER_2 + (pairs >>> Short.SIZE & EACH_SECOND_PAIR);
        return (int) fours * POWER_4 + (int) (fours >>> Integer.SIZE);
    }

    /// The bytes of a text of at most eight as a number; of a longer one the first eight.
    static long word(byte[] bytes, int from, int end) {
        long word = (long) WORD.get(bytes, from);
        return end - from < Long.BYTES ? firstOf(word, end - from) : word;
    }

    /// @param count 0 to 7
    private static long firstOf(long word, int count) {
        return word & (1L << Byte.SIZE * count) - 1;
    }

    private static int[] powers() {
        int[] powers = new int[Long.BYTES];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 31 * powers[i - 1];
        }
        return powers;
    }
}
