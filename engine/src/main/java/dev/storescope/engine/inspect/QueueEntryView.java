package dev.storescope.engine.inspect;

/// The place of a message in its consume queue, and what stands there.
///
/// @param file path below the store's directory; the queue's directory where no file is
/// @param position of the entry, bytes from the start of the file
/// @param commitLogOffset that the entry says
/// @param sizeBytes likewise
/// @param tagsCode likewise
public record QueueEntryView(State state, String file, long position, long commitLogOffset, int sizeBytes,
        long tagsCode) {
    /// Whether the message is found by its queue.
    public enum State {
        /// Offset and size are the message's.
        FITS,
        /// They are others.
        OTHER,
        /// Nothing was written there.
        ZEROS,
        /// No file has the place.
        NO_FILE,
        /// A message of this kind, prepared or rolled back, has none.
        NONE_NEEDED
    }
}
