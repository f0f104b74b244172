package dev.storescope.engine.api;

import java.util.List;

/// What opening a store found and did.
///
/// @param lastStop how the last run ended
/// @param files how many files of the log there were
/// @param recordsChecked records whose size, magic, CRC and own offset were checked
/// @param bytesChecked bytes of them
/// @param startOffset where the check began
/// @param endOffset where the log ends now
/// @param cutBytes bytes behind the end that were not zero and have been zeroed
/// @param filesDeleted names of files that lay wholly behind the end
/// @param holes parts of the log that cannot be read, by offset
/// @param notes what was odd, in sentences for the user; empty when all was well
/// @param durationNs how long it took
public record RecoveryReport(LastStop lastStop, int files, long recordsChecked, long bytesChecked, long startOffset,
        long endOffset, long cutBytes, List<String> filesDeleted, List<LogHole> holes, List<String> notes,
        long durationNs) {
    public RecoveryReport {
        filesDeleted = List.copyOf(filesDeleted);
        holes = List.copyOf(holes);
        notes = List.copyOf(notes);
    }

    /// The same with other notes, after a longer time.
    public RecoveryReport with(List<String> allNotes, long totalNs) {
        return new RecoveryReport(lastStop, files, recordsChecked, bytesChecked, startOffset, endOffset, cutBytes,
                filesDeleted, holes, allNotes, totalNs);
    }

    /// The same with the holes that are known by now.
    public RecoveryReport withHoles(List<LogHole> known) {
        return new RecoveryReport(lastStop, files, recordsChecked, bytesChecked, startOffset, endOffset, cutBytes,
                filesDeleted, known, notes, durationNs);
    }

    /// How the run before this one ended.
    public enum LastStop {
        /// There was no store before.
        NEW_STORE, CLEAN,
        /// `abort` was there: killed, or the machine lost power.
        UNCLEAN
    }
}
