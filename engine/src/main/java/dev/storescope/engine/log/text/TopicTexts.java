package dev.storescope.engine.log.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// The texts of topics that were met lately, so that who follows the log makes no new text for each record.
///
/// Threads: one.
public final class TopicTexts {
    /// A power of two. Topics that fall into one place take turns in it.
    private static final int PLACES = 256;

    private final byte[][] bytes = new byte[PLACES][];
    private final String[] texts = new String[PLACES];

    /// The text of some bytes.
    public String get(MemorySegment file, long position, int length) {
        int hash = length;
        for (long at = position; at < position + length; at++) {
            hash = 31 * hash + file.get(ValueLayout.JAVA_BYTE, at);
        }
        int place = (hash ^ hash >>> 8 ^ hash >>> 16) & PLACES - 1;
        if (!isAt(place, file, position, length)) {
            bytes[place] = file.asSlice(position, length).toArray(ValueLayout.JAVA_BYTE);
            texts[place] = new String(bytes[place], StandardCharsets.UTF_8);
        }
        return texts[place];
    }

    private boolean isAt(int place, MemorySegment file, long position, int length) {
        byte[] known = bytes[place];
        if (known == null || known.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known[i] != file.get(ValueLayout.JAVA_BYTE, position + i)) {
                return false;
            }
        }
        return true;
    }
}
