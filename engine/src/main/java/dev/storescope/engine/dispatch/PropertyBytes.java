package dev.storescope.engine.dispatch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks through the bytes of properties eight at a time, or four multiplications at once: this is most of what following
/// the log costs.
final class PropertyBytes {
    /// An array that is looked through has so many bytes behind its text.
    static final int PADDING_BYTES = Long.BYTES;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int POWER_2 = 31 * 31;
    private static final int POWER_3 = 31 * POWER_2;
    private static final int POWER_4 = 31 * POWER_3;

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

    /// Whether all chars that the bytes stand for are ASCII.
    static boolean isAscii(byte[] bytes, int from, int end) {
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            if (((long) WORD.get(bytes, at) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    /// Goes on from `start` with ASCII text as [String#hashCode()] does.
    static int hash(int start, byte[] bytes, int from, int end) {
        int hash = start;
        int at = from;
        for (; at + 4 <= end; at += 4) {
            hash = POWER_4 * hash + POWER_3 * bytes[at] + POWER_2 * bytes[at + 1] + 31 * bytes[at + 2] + bytes[at + 3];
        }
        for (; at < end; at++) {
            hash = 31 * hash + bytes[at];
        }
        return hash;
    }
}
