package dev.storescope.engine.index;

import java.util.ArrayList;
import java.util.List;

/// Takes the offsets that a search finds, newest first, as many as are wanted.
///
/// Threads: the one that searches.
final class OffsetCollector implements IndexFile.OffsetSink {
    private final int maxCount;
    private final long fromOffset;
    private final long toOffset;
    private final List<Long> offsets = new ArrayList<>();
    private long matches;

    /// @param fromOffset others than from here on are left out
    /// @param toOffset likewise from here on
    OffsetCollector(int maxCount, long fromOffset, long toOffset) {
        this.maxCount = maxCount;
        this.fromOffset = fromOffset;
        this.toOffset = toOffset;
    }

    @Override
    public boolean hasEnough() {
        return offsets.size() >= maxCount;
    }

    @Override
    public void take(long commitLogOffset) {
        matches++;
        boolean inLog = commitLogOffset >= fromOffset && commitLogOffset < toOffset;
        // A message whose keys have one hash stands in the chain more than once.
        boolean again = !offsets.isEmpty() && offsets.getLast() == commitLogOffset;
        if (inLog && !again) {
            offsets.add(commitLogOffset);
        }
    }

    /// How often something was to be taken.
    long matches() {
        return matches;
    }

    List<Long> ascending() {
        return offsets.stream().sorted().toList();
    }
}
