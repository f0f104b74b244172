package dev.storescope.engine.log.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The texts of topics that were met lately, so that who follows the log makes no new text for each record.
///
/// Threads: one.
public final class TopicTexts {
    private static final int PLACE_BITS = 8;
    /// Topics that fall into one place take turns in it.
    private static final int PLACES = 1 << PLACE_BITS;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final VarHandle KNOWN_WORD = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.nativeOrder());
    /// Odd, and half of its bits are set: the high bits of a product depend on all bits below.
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final byte[][] bytes = new byte[PLACES][];
    private final String[] texts = new String[PLACES];

    /// The text of some bytes.
    public String get(MemorySegment file, long position, int length) {
        int place = place(file, position, length);
        if (!isAt(place, file, position, length)) {
            bytes[place] = file.asSlice(position, length).toArray(ValueLayout.JAVA_BYTE);
            texts[place] = new String(bytes[place], StandardCharsets.UTF_8);
        }
        return texts[place];
    }

    private static int place(MemorySegment file, long position, int length) {
        long hash = length;
        long end = position + length;
        long at = position;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = (hash ^ file.get(WORD, at)) * MIX;
        }
        if (length >= Long.BYTES) {
            // The last ones, some of them for the second time.
            hash = (hash ^ file.get(WORD, end - Long.BYTES)) * MIX;
        } else {
            for (; at < end; at++) {
                hash = (hash ^ file.get(ValueLayout.JAVA_BYTE, at)) * MIX;
            }
        }
        return (int) (hash >>> Long.SIZE - PLACE_BITS);
    }

    private boolean isAt(int place, MemorySegment file, long position, int length) {
        byte[] known = bytes[place];
        if (known == null || known.length != length) {
            return false;
        }
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            if ((long) KNOWN_WORD.get(known, at) != file.get(WORD, position + at)) {
                return false;
            }
        }
        for (; at < length; at++) {
            if (known[at] != file.get(ValueLayout.JAVA_BYTE, position + at)) {
                return false;
            }
        }
        return true;
    }
}
