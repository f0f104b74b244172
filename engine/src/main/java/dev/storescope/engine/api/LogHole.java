package dev.storescope.engine.api;

/// A part of the log that cannot be read: it is damaged, or its file is missing. What is left of it stays on disk as it
/// is; readers go on behind it.
///
/// @param fromOffset where the last sound record or blank in front of it ends
/// @param toOffset where the next sound one begins
/// @param reason what was expected and what was found
public record LogHole(long fromOffset, long toOffset, String reason) {
    public LogHole {
        if (fromOffset < 0 || toOffset <= fromOffset) {
            throw new IllegalArgumentException("hole in the log: expected it to end behind %d, found %d".formatted(
                    fromOffset, toOffset));
        }
    }

    public boolean holds(long commitLogOffset) {
        return fromOffset <= commitLogOffset && commitLogOffset < toOffset;
    }

    public long sizeBytes() {
        return toOffset - fromOffset;
    }
}
