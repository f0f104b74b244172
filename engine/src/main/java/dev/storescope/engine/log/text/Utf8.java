package dev.storescope.engine.log.text;

import java.nio.charset.StandardCharsets;

/// Text to UTF-8 without allocating in the common case, for which the JDK has no call that gives back the length.
public final class Utf8 {
    /// The most bytes that a char may take.
    public static final int MAX_BYTES_PER_CHAR = 3;

    private Utf8() {
    }

    /// @param target with room for three bytes a char
    /// @return bytes written
    public static int encode(String text, byte[] target, int position) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                System.arraycopy(bytes, 0, target, position, bytes.length);
                return bytes.length;
            }
            target[position + i] = (byte) c;
        }
        return length;
    }

    /// How many bytes [#encode] would write.
    public static long sizeBytes(String text) {
        long bytes = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += MAX_BYTES_PER_CHAR;
            } else if (i + 1 < length && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                // half a pair becomes a question mark
                bytes++;
            }
        }
        return bytes;
    }
}
