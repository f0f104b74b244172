package dev.storescope.engine.inspect;

import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;

/// Looks over the parts of files that nobody has written, which may be large.
public final class Zeros {
    private static final MemorySegment PIECE = MemorySegment.ofArray(new byte[64 << 10]);

    private Zeros() {
    }

    /// The first byte in `from` to `end` that is not zero.
    public static OptionalLong firstOther(MemorySegment bytes, long from, long end) {
        for (long at = from; at < end; at += PIECE.byteSize()) {
            long length = Math.min(PIECE.byteSize(), end - at);
            long found = MemorySegment.mismatch(bytes, at, at + length, PIECE, 0, length);
            if (found >= 0) {
                return OptionalLong.of(at + found);
            }
        }
        return OptionalLong.empty();
    }
}
