package dev.storescope.engine.inspect.check;

import dev.storescope.engine.inspect.StoreInspector;
import dev.storescope.engine.inspect.check.CheckFault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/// The entries of all index files in their order, which is that of the log, so that one pass over both can compare them.
///
/// Threads: one.
final class IndexEntries {
    private final List<IndexFileView> files;
    private final FaultList faults;
    private final List<At> strays = new ArrayList<>();
    private int file;
    private int entry = 1;
    private long lastOffset = -1;
    private long strayCount;

    IndexEntries(List<IndexFileView> files, FaultList faults) {
        this.files = files;
        this.faults = faults;
    }

    /// One entry.
    record At(IndexFileView file, int entry) {
        long offset() {
            return file.offset(entry);
        }

        int keyHash() {
            return file.keyHash(entry);
        }

        int seconds() {
            return file.seconds(entry);
        }

        void fault(FaultList faults, String expected, String found) {
            faults.add(Kind.INDEX_ENTRY, file.name(), file.positionOf(entry),
                    "entry %d: %s".formatted(entry, expected), found);
        }
    }

    /// A place in a file.
    record Place(String name, long position) {
    }

    /// The entries of the record at an offset; those before it that no record has asked for are strays.
    List<At> takeOf(long commitLogOffset) {
        List<At> taken = new ArrayList<>();
        while (hasNext() && next().offset() <= commitLogOffset) {
            At at = next();
            entry++;
            if (at.offset() == commitLogOffset) {
                taken.add(at);
            } else if (at.offset() != lastOffset) {
                stray(at);
            }
        }
        if (!taken.isEmpty()) {
            lastOffset = commitLogOffset;
        }
        return taken;
    }

    /// Where the next entry stands, or would.
    Place place() {
        if (hasNext()) {
            return new Place(next().file().name(), next().file().positionOf(entry));
        }
        IndexFileView last = files.getLast();
        return new Place(last.name(), last.positionOf(last.lastEntry()));
    }

    /// The highest offset of an entry.
    long endOffset() {
        return files.getLast().lastEntry() == 0 ? 0 : files.getLast().offset(files.getLast().lastEntry());
    }

    /// Judges the entries of no record.
    ///
    /// @param isRecordMeanwhile whether a record behind the end of the walk has come
    void finish(LogExtent log, LongPredicate isRecordMeanwhile) {
        while (hasNext()) {
            stray(next());
            entry++;
        }
        long ofDamaged = strays.stream().filter(at -> log.isDamaged(at.offset())).count();
        if (ofDamaged > 0) {
            faults.note(
                    "%d index entries point into parts of the log that are damaged or missing".formatted(ofDamaged));
        }
        strays.stream()
                .filter(at -> at.offset() >= log.minOffset() || at.offset() < 0)
                .filter(at -> !log.isDamaged(at.offset()))
                .filter(at -> !isRecordMeanwhile.test(at.offset()))
                .forEach(at -> at.fault(faults, "the offset of a record with keys that have no entry yet",
                        "offset " + at.offset()));
        if (strayCount > strays.size()) {
            faults.note("%d further index entries are of no record".formatted(strayCount - strays.size()));
        }
    }

    private void stray(At at) {
        strayCount++;
        if (strays.size() < StoreInspector.MAX_FAULTS) {
            strays.add(at);
        }
    }

    private boolean hasNext() {
        while (file < files.size()) {
            if (entry > files.get(file).lastEntry()) {
                file++;
                entry = 1;
            } else if (isOutOfOrder()) {
                stray(next());
                entry++;
            } else {
                return true;
            }
        }
        return false;
    }

    private At next() {
        return new At(files.get(file), entry);
    }

    /// Whether an entry stands between neighbours that go together without it: its offset is wrong then, and must not
    /// hold up those behind it.
    private boolean isOutOfOrder() {
        IndexFileView in = files.get(file);
        long offset = in.offset(entry);
        if (offset < lastOffset) {
            return true;
        }
        if (entry == in.lastEntry()) {
            return false;
        }
        long following = in.offset(entry + 1);
        return offset > following && following >= lastOffset;
    }
}
