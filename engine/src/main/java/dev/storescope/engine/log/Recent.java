package dev.storescope.engine.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The last 64 of something.
///
/// Threads: one adds, any read; a reader may see one that is being replaced as missing, never a wrong one.
final class Recent<T> {
    private static final int CAPACITY = 64;

    private final AtomicReferenceArray<T> items = new AtomicReferenceArray<>(CAPACITY);
    // Written by the one that adds, read by any.
    private volatile long added;

    void add(T item) {
        long now = added;
        items.set((int) (now % CAPACITY), item);
        added = now + 1;
    }

    /// Oldest first.
    List<T> toList() {
        long end = added;
        List<T> list = new ArrayList<>(CAPACITY);
        for (long i = Math.max(0, end - CAPACITY); i < end; i++) {
            T item = items.get((int) (i % CAPACITY));
            if (Objects.nonNull(item)) {
                list.add(item);
            }
        }
        return List.copyOf(list);
    }
}
