package dev.storescope.app.panel.commitlog;

import dev.storescope.engine.api.StoreSnapshot.Force;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The forces that were seen, to say which of them made a message safe. A snapshot holds the last few; here they are
/// kept longer. What was missed between two frames stays unknown.
final class ForceHistory {
    private static final int KEPT = 8192;

    private final TreeMap<Long, Force> byEnd = new TreeMap<>();
    private long generation;

    /// @param latest the last forces, oldest first
    void add(long storeGeneration, List<Force> latest) {
        if (generation != storeGeneration) {
            generation = storeGeneration;
            byEnd.clear();
        }
        for (int i = latest.size() - 1; i >= 0; i--) {
            Force force = latest.get(i);
            if (force.equals(byEnd.put(force.toOffset(), force))) {
                break;
            }
        }
        while (byEnd.size() > KEPT) {
            byEnd.pollFirstEntry();
        }
    }

    /// The force that took the disk over an offset: with it everything before `endOffset` was safe.
    Optional<Force> thatReached(long endOffset) {
        Map.Entry<Long, Force> first = byEnd.ceilingEntry(endOffset);
        return first != null && first.getValue().fromOffset() < endOffset
                ? Optional.of(first.getValue())
                : Optional.empty();
    }
}
