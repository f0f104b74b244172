package dev.storescope.engine.inspect;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// Where each 256th row of a log begins, and the first of each file, so that any row is found by a short walk, also when
/// the files before it are deleted by now.
///
/// Threads: one adds; any reads what was published.
final class RowMap {
    static final int STRIDE = 256;

    private long[] starts = new long[64];
    private int count;
    private volatile Published published = new Published(starts, 0);
    /// By the offset of the file.
    private final NavigableMap<Long, Long> firstRows = new ConcurrentSkipListMap<>();

    /// @param starts longer than `count`; what stands before `count` never changes
    private record Published(long[] starts, int count) {
    }

    /// Where a walk begins.
    record Start(long row, long offset) {
    }

    /// The next row. What was said of it before, it replaces.
    void add(LogFile file, long row, long offset) {
        firstRows.putIfAbsent(file.fromOffset(), row);
        if (row == (long) count * STRIDE) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count] = offset;
            count++;
            published = new Published(starts, count);
        }
    }

    /// Where the walk to a known row begins, or to the first one behind it of which the file is there. Nothing when no
    /// such row is known.
    Optional<Start> startBefore(long row, List<LogFile> files) {
        long stride = row / STRIDE;
        return start(new Start(stride * STRIDE, published.starts[(int) stride]), files);
    }

    /// Where the walk to an offset begins, likewise.
    Optional<Start> startBeforeOffset(long offset, List<LogFile> files) {
        Published now = published;
        if (now.count == 0) {
            return Optional.empty();
        }
        int found = Arrays.binarySearch(now.starts, 0, now.count, offset);
        int index = Math.max(0, found >= 0 ? found : -found - 2);
        return start(new Start((long) STRIDE * index, now.starts[index]), files);
    }

    private Optional<Start> start(Start wanted, List<LogFile> files) {
        if (files.isEmpty() || files.getFirst().fromOffset() <= wanted.offset) {
            return files.isEmpty() ? Optional.empty() : Optional.of(wanted);
        }
        return Optional.ofNullable(firstRows.ceilingEntry(files.getFirst().fromOffset()))
                .map(first -> new Start(first.getValue(), first.getKey()));
    }

    /// How many rows stood before the first of these files; nothing when none of theirs is known.
    Optional<Long> rowsBefore(List<LogFile> files) {
        return files.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(firstRows.ceilingEntry(files.getFirst().fromOffset())).map(Map.Entry::getValue);
    }
}
