package dev.storescope.app.panel.commitlog;

import dev.storescope.engine.sim.disk.CutPages;
import dev.storescope.engine.sim.disk.CutPages.Fate;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// What the last power cut made of the log's pages that were not on disk, as far as that is still to be seen. What is on disk is
/// not marked.
///
/// @param pages nothing when there was no power cut
/// @param directory of the log's files
/// @param keptTo offset up to which recovery kept the log
/// @param goneFrom offset from which on nothing has been written since
record CutMarks(Optional<CutPages> pages, Path directory, long keptTo, long goneFrom) {
    static final CutMarks NONE = new CutMarks(Optional.empty(), Path.of(""), 0, 0);

    /// While the store is dead all of them can be seen.
    static CutMarks ofDead(Optional<CutPages> pages, Path directory) {
        return new CutMarks(pages, directory, Long.MAX_VALUE, 0);
    }

    /// Once it runs again: what was kept, and what was taken as long as nothing else is written there.
    static CutMarks ofOpened(Optional<CutPages> pages, LogReading reading) {
        return new CutMarks(pages, reading.snapshot().config().storePathCommitLog(),
                reading.snapshot().recovery().endOffset(), reading.extent().wrote());
    }

    boolean isAny() {
        return pages.isPresent();
    }

    long count(Fate fate) {
        return pages.map(cut -> cut.count(directory, fate)).orElse(0L);
    }

    /// What became of the pages in a range of a file: [Fate#PARTLY] where not all came to the same.
    ///
    /// @param from position in the file
    /// @param to behind the last one
    /// @return nothing when all of it was on disk, or nothing is to be seen any more
    Optional<Fate> in(FileTile tile, long from, long to) {
        if (pages.isEmpty() || tile.fromOffset() + to > keptTo && tile.fromOffset() + from < goneFrom) {
            return Optional.empty();
        }
        Collection<Fate> fates = pages(tile).subMap((int) (from / CellGrid.PAGE_BYTES),
                (int) Math.ceilDiv(to, CellGrid.PAGE_BYTES)).values();
        if (fates.isEmpty()) {
            return Optional.empty();
        }
        Set<Fate> different = EnumSet.copyOf(fates);
        return Optional.of(different.size() == 1 ? different.iterator().next() : Fate.PARTLY);
    }

    private SortedMap<Integer, Fate> pages(FileTile tile) {
        return pages.orElseThrow().of(directory.resolve("%020d".formatted(tile.fromOffset())));
    }
}
