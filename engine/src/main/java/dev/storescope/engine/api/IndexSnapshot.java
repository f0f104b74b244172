package dev.storescope.engine.api;

import java.util.List;

/// The hash index by which messages are found by key, at one moment.
///
/// @param enabled whether new messages are indexed (`messageIndexEnable`)
/// @param fault why the index cannot be written just now, "" while it can
/// @param unreadableFiles files whose geometry is not known and that are left alone
/// @param files oldest first
public record IndexSnapshot(boolean enabled, String fault, int unreadableFiles, List<IndexFileSnapshot> files) {
    /// Of a store that is not open.
    public static final IndexSnapshot NONE = new IndexSnapshot(false, "", 0, List.of());

    /// Entries in all files.
    public long entries() {
        return files.stream().mapToLong(IndexFileSnapshot::entries).sum();
    }

    /// Offset of the last message with a key that is in the index; -1 when there is none.
    public long endOffset() {
        return files.isEmpty() ? -1 : files.getLast().endOffset();
    }

    /// Its store time, milliseconds since 1970; 0 when there is none.
    public long endTimestamp() {
        return files.isEmpty() ? 0 : files.getLast().endTimestamp();
    }

    /// One file of the index.
    ///
    /// @param name the local time at which it was made, yyyyMMddHHmmssSSS
    /// @param sizeBytes its length; it is sparse, and takes what was written
    /// @param slots hash slots
    /// @param usedSlots those at which a chain begins
    /// @param capacity how many entries it can take
    /// @param entries one for each key of a message
    /// @param beginOffset offset in the log of the first message in it
    /// @param endOffset of the last one
    /// @param beginTimestamp store time of the first one, milliseconds since 1970
    /// @param endTimestamp of the last one
    public record IndexFileSnapshot(String name, long sizeBytes, int slots, int usedSlots, int capacity, int entries,
            long beginOffset, long endOffset, long beginTimestamp, long endTimestamp) {
        public boolean isFull() {
            return entries >= capacity;
        }

        /// Entries of the chain that a used slot begins, on average.
        public double meanChainLength() {
            return usedSlots == 0 ? 0 : (double) entries / usedSlots;
        }
    }
}
