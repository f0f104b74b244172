package dev.storescope.engine.recovery;

import dev.storescope.engine.env.StoreMemory;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.Pages;
import dev.storescope.engine.file.WrittenPart;
import java.io.IOException;
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

    private record Asked(long position, List<WrittenPart> parts) {
    }

    /// @return those that end behind `position`; the first one may begin before it
    List<WrittenPart> from(long position, MappedFile file) throws IOException {
        Asked asked = byFile.get(file);
        if (asked == null || asked.position > position) {
            long page = position - position % Pages.BYTES;
            asked = new Asked(page, file.writtenFrom(page));
            byFile.put(file, asked);
            memory.adviseRandom(file.mapping().asSlice(page));
        }
        return asked.parts.stream().filter(part -> part.to() > position).toList();
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
