package dev.storescope.engine.sim.disk;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a power failure made of the pages that were not on the platter when it came. Never changed.
public final class CutPages {
    /// What became of a page of 4 KiB.
    public enum Fate {
        /// The system had written it back of its own accord: it is as it was.
        KEPT,
        /// Only some of its sectors are as they were, or all of it is as it was a little earlier.
        PARTLY,
        /// The platter has what it had before.
        TAKEN
    }

    private final SortedMap<Path, SortedMap<Integer, Fate>> fates = new TreeMap<>();

    CutPages() {
    }

    void add(Path file, SortedMap<Integer, Fate> ofFile) {
        if (!ofFile.isEmpty()) {
            fates.put(file, Collections.unmodifiableSortedMap(ofFile));
        }
    }

    /// By number of the page; those that are missing were on the platter.
    public SortedMap<Integer, Fate> of(Path file) {
        return fates.getOrDefault(SimulatedDisk.key(file), Collections.emptySortedMap());
    }

    /// How many of the files below a directory came to that.
    public long count(Path directory, Fate fate) {
        Path wanted = SimulatedDisk.key(directory);
        return fates.entrySet()
                .stream()
                .filter(file -> file.getKey().startsWith(wanted))
                .map(Map.Entry::getValue)
                .mapToLong(pages -> pages.values().stream().filter(fate::equals).count())
                .sum();
    }
}
