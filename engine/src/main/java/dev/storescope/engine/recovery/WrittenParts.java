package dev.storescope.engine.recovery;

import dev.storescope.engine.env.StoreMemory;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.Pages;
import dev.storescope.engine.file.WrittenPart;
import dev.storescope.engine.log.TailSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which parts behind the log's end were ever written, as it was before the recovery looked there: looking makes the system
/// read ahead, and what it has read counts as written. An opening that asked again would write those zeros, and each would
/// find more of them. So the system is told, too, to read nothing ahead there until the recovery has ended.
///
/// The recovery writes nothing outside of them. Threads: the one that loads the store.
final class WrittenParts {
    private final StoreMemory memory;
    private final Map<MappedFile, Asked> byFile = new HashMap<>();

    WrittenParts(StoreMemory memory) {
        this.memory = memory;
    }

    /// @param nonZeroEnd behind the last byte at or behind `position` that is not zero
    private record Asked(long position, List<WrittenPart> parts, long nonZeroEnd) {
    }

    /// @return those that end behind `position`; the first one may begin before it
    List<WrittenPart> from(long position, MappedFile file) throws IOException {
        return behind(position, ask(position, file).parts);
    }

    /// Likewise, without the zeros that they end with: as a rule there is nothing else, and it is found out once.
    List<WrittenPart> nonZeroFrom(long position, MappedFile file) throws IOException {
        Asked asked = ask(position, file);
        List<WrittenPart> parts = new ArrayList<>();
        for (WrittenPart part : behind(position, asked.parts)) {
            long end = Math.min(part.to(), asked.nonZeroEnd);
            if (end > Math.max(part.from(), position)) {
                parts.add(new WrittenPart(part.from(), end));
            }
        }
        return parts;
    }

    private Asked ask(long position, MappedFile file) throws IOException {
        Asked asked = byFile.get(file);
        if (asked == null || asked.position > position) {
            long page = position - position % Pages.BYTES;
            List<WrittenPart> parts = file.writtenFrom(page);
            memory.adviseRandom(file.mapping().asSlice(page));
            asked = new Asked(page, parts, TailSearch.lastNonZero(file, page, parts) + 1);
            byFile.put(file, asked);
        }
        return asked;
    }

    private static List<WrittenPart> behind(long position, List<WrittenPart> parts) {
        return parts.stream().filter(part -> part.to() > position).toList();
    }

    /// Nobody looks there any more: who puts there gains by pages that are made ahead.
    ///
    /// @param left the files that the recovery has not deleted
    void haveBeenLookedAt(List<MappedFile> left) {
        for (MappedFile file : left) {
            Asked asked = byFile.get(file);
            if (asked != null) {
                memory.adviseNormal(file.mapping().asSlice(asked.position));
            }
        }
    }
}
