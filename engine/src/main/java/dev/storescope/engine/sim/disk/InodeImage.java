package dev.storescope.engine.sim.disk;

import java.util.Map;
import java.util.SortedMap;

/// The content of a file at one moment. Never changed, so that worlds may share it.
///
/// @param sizeBytes as the system sees it
/// @param platterSizeBytes as it is on the platter
/// @param platter its pages; null for one of zeros
/// @param cached the pages of the page cache that differ from the platter's, by number
/// @param givenUp what the system believes to be on the platter and is not, by number of the page
record InodeImage(long sizeBytes, long platterSizeBytes, byte[][] platter, SortedMap<Integer, byte[]> cached,
        Map<Integer, byte[]> givenUp) {
}
