package dev.storescope.engine.inspect.check;

import dev.storescope.engine.inspect.StoreInspector;
import java.util.Optional;
import java.util.OptionalLong;

/// Something in a store that is not as it should be, as [StoreCheck] tells it.
///
/// @param file path of the file below the store's directory; the queue's directory where no file is
/// @param position of the place, bytes from the start of the file
/// @param expected what should stand there
/// @param found what does
/// @param places how many neighbours have the same fault; the texts are of the first
public record CheckFault(Kind kind, String file, long position, String expected, String found, long places) {
    /// Of the place, from the start of the row of files that its file is one of; nothing where files are no rows.
    public OptionalLong offset() {
        Optional<Long> fromOffset = StoreInspector.offset(file.substring(file.lastIndexOf('/') + 1));
        return fromOffset.map(from -> OptionalLong.of(from + position)).orElse(OptionalLong.empty());
    }

    /// In one line.
    public String text() {
        String more = places > 1 ? " (%d places, this is the first)".formatted(places) : "";
        return "%s at %d: expected %s, found %s%s".formatted(file, position, expected, found, more);
    }

    /// Which files have the fault.
    public enum Part {
        LOG, QUEUE, INDEX, CHECKPOINT
    }

    /// What sort of fault it is.
    public enum Kind {
        /// A record whose magic, size, inner lengths, own offset or CRC are wrong, or zeros before the log's end.
        RECORD(Part.LOG),
        /// A file is missing between two others.
        LOG_FILE_MISSING(Part.LOG),
        /// A file has another length than the others.
        LOG_FILE_LENGTH(Part.LOG),
        /// Bytes behind the end of the log that are not zero: what stood there once may be taken for records.
        BEHIND_LOG_END(Part.LOG),
        /// A record has no entry in its queue.
        QUEUE_ENTRY_MISSING(Part.QUEUE),
        /// The entry of a record says something else.
        QUEUE_ENTRY_WRONG(Part.QUEUE),
        /// An entry has no record.
        QUEUE_ENTRY_STRAY(Part.QUEUE),
        /// The name or length of a queue's file cannot be.
        QUEUE_FILE(Part.QUEUE),
        /// The header of an index file says what cannot be, or what its entries do not say.
        INDEX_HEADER(Part.INDEX),
        /// A chain of an index file goes round, leaves the file, or misses entries.
        INDEX_CHAIN(Part.INDEX),
        /// An entry is none of the record that it points to, or there is no such record.
        INDEX_ENTRY(Part.INDEX),
        /// A record has keys that the index lacks.
        INDEX_KEY_MISSING(Part.INDEX),
        /// The checkpoint has times or offsets that the log has not.
        CHECKPOINT(Part.CHECKPOINT);

        private final Part part;

        Kind(Part part) {
            this.part = part;
        }

        public Part part() {
            return part;
        }
    }
}
