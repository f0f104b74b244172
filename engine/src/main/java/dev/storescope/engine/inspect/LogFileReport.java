package dev.storescope.engine.inspect;

import java.util.Optional;

/// What a walk through one file of the log found.
///
/// @param records sound ones
/// @param dataEndPosition where the last sound record or blank ends, bytes from the start of the file
/// @param last what the walk ended at
/// @param faults how many, of which [StoreReport#faults()] has the first ones
/// @param firstStoreTimestamp milliseconds since 1970
/// @param lastStoreTimestamp likewise
public record LogFileReport(LogFile file, long records, long dataEndPosition, LogStep last, long faults,
        Optional<Long> firstStoreTimestamp, Optional<Long> lastStoreTimestamp) {
    public FileState state() {
        if (faults > 0) {
            return FileState.DAMAGED;
        }
        return switch (last) {
            case LogStep.Blank _ -> FileState.FULL;
            case LogStep.End end -> end.position() == 0 ? FileState.PREPARED : FileState.OPEN;
            case LogStep.Record _,LogStep.Fault _ -> FileState.DAMAGED;
        };
    }

    /// What a file is.
    public enum FileState {
        /// Nothing written yet.
        PREPARED,
        /// Ends with zeros: the log goes on here.
        OPEN,
        /// Ends with a blank.
        FULL, DAMAGED
    }
}
