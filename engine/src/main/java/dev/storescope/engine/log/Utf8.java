package dev.storescope.engine.log;

import java.nio.charset.StandardCharsets;

/// Text to UTF-8 without allocating in the common case, for which the JDK has no call that gives back the length.
final class Utf8 {
    /// The most bytes that a char may take.
    static final int MAX_BYTES_PER_CHAR = 3;

    private Utf8() {
    }

    /// @param target with room for three bytes a char
    /// @return bytes written
    static int encode(String text, byte[] target, int position) {
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
}
