package dev.storescope.engine.sim.disk;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a crash leaves of a disk: what the next world finds. Never changed, so that any number of worlds may begin with
/// it.
///
/// @param files as the system sees them
/// @param durable as the platter has them
/// @param changes of directories that the platter does not have yet, in their order
public record DiskImage(SortedMap<Path, InodeImage> files, SortedMap<Path, InodeImage> durable,
        List<EntryChange<InodeImage>> changes, SortedSet<Path> directories) {
    /// A new disk.
    public static final DiskImage EMPTY = new DiskImage(new TreeMap<>(), new TreeMap<>(), List.of(), new TreeSet<>());
}
