package dev.storescope.engine.inspect;

/// What stands at a place of a log file, as [RecordCursor] finds it.
///
/// Positions are bytes from the start of the file, offsets bytes from the start of the log.
public sealed interface LogStep {
    long position();

    /// A sound record: magic, size, inner lengths, own offset and CRC of the body are right.
    ///
    /// @param sizeBytes the whole record
    /// @param bodyCrc32 CRC-32 of the body with the sign bit cleared
    record Record(long position, long commitLogOffset, int sizeBytes, String topic, int queueId, long queueOffset,
            int sysFlag, long storeTimestamp, int bodyCrc32) implements LogStep {
    }

    /// The blank that ends a full file.
    record Blank(long position, int sizeBytes) implements LogStep {
    }

    /// Zeros where a record would begin, or the end of the file.
    record End(long position) implements LogStep {
    }

    /// Neither of these. The cursor goes on behind it when a sound record or blank begins where this one's size says
    /// that it ends, else the file ends for it here.
    ///
    /// @param problem the field, what was expected of it and what was found
    record Fault(String file, long position, long commitLogOffset, String problem) implements LogStep {
        /// In one line.
        public String text() {
            return "%s at %d (offset %d), %s".formatted(file, position, commitLogOffset, problem);
        }
    }
}
