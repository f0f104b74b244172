package dev.storescope.engine.api;

import java.util.List;

/// What opening a store found, cut and built again, and how long it took. What the background pass finds later is in
/// [ProofSnapshot].
///
/// @param lastStop how the last run ended
/// @param files how many files of the log there were
/// @param recordsChecked records whose size, magic, CRC and own offset were checked
/// @param bytesChecked bytes of them
/// @param startOffset where the check began
/// @param endOffset where the log ends now
/// @param cutBytes bytes behind the end that were not zero and have been zeroed
/// @param filesDeleted names of files of the log that lay wholly behind the end
/// @param holes parts of the log that cannot be read, by offset
/// @param queues what was found and done in the consume queues
/// @param index likewise in the index
/// @param times how long each part took
/// @param notes what was odd, in sentences for the user; empty when all was well
public record RecoveryReport(LastStop lastStop, int files, long recordsChecked, long bytesChecked, long startOffset,
        long endOffset, long cutBytes, List<String> filesDeleted, List<LogHole> holes, QueueFigures queues,
        IndexFigures index, PhaseTimes times, List<String> notes) {
    public RecoveryReport {
        filesDeleted = List.copyOf(filesDeleted);
        holes = List.copyOf(holes);
        notes = List.copyOf(notes);
    }

    /// Of a log alone.
    public static RecoveryReport ofLog(LastStop lastStop, int files, long endOffset) {
        return new RecoveryReport(lastStop, files, 0, 0, 0, endOffset, 0, List.of(), List.of(), QueueFigures.NOTHING,
                IndexFigures.NOTHING, PhaseTimes.NOTHING, List.of());
    }

    /// What was found and done in the consume queues. After a crash it is only natural that some is missing.
    ///
    /// @param queues that there are now
    /// @param entriesBuilt that were missing
    /// @param entriesCorrected that pointed elsewhere than the log says
    /// @param entriesCut that pointed to no record
    /// @param recordsWithoutPlace whose queue offset is taken or cannot be, so that they are in no queue
    /// @param emptied queues whose files could not be right, and that were made from the log as a whole: topic/queue id
    public record QueueFigures(int queues, long entriesBuilt, long entriesCorrected, long entriesCut,
            long recordsWithoutPlace, List<String> emptied) {
        public static final QueueFigures NOTHING = new QueueFigures(0, 0, 0, 0, 0, List.of());

        public QueueFigures {
            emptied = List.copyOf(emptied);
        }
    }

    /// What was found and done in the index.
    ///
    /// @param files that were kept
    /// @param filesDeleted names of those that could not be relied on
    /// @param builtFromOffset of the log, from where on keys were missing
    /// @param entriesBuilt put before the store began to run
    /// @param leftBytes of the log, whose keys are put while it runs
    public record IndexFigures(int files, List<String> filesDeleted, long builtFromOffset, long entriesBuilt,
            long leftBytes) {
        public static final IndexFigures NOTHING = new IndexFigures(0, List.of(), 0, 0, 0);

        public IndexFigures {
            filesDeleted = List.copyOf(filesDeleted);
        }
    }

    /// How long each part of the opening took, in nanoseconds.
    ///
    /// @param loadNs to find and map the files
    /// @param queuesNs to build the queues from the records, and the index if that has nothing
    public record PhaseTimes(long loadNs, long logNs, long queuesNs, long indexNs) {
        public static final PhaseTimes NOTHING = new PhaseTimes(0, 0, 0, 0);
    }

    /// How long all of it took.
    public long durationNs() {
        return times.loadNs() + times.logNs() + times.queuesNs() + times.indexNs();
    }

    /// The same with what was done in the queues.
    public RecoveryReport withQueues(QueueFigures figures, long queuesNs, List<String> allNotes) {
        return with(holes, figures, index,
                new PhaseTimes(times.loadNs(), times.logNs(), queuesNs, times.indexNs()), allNotes);
    }

    /// The same with what was done in the index.
    public RecoveryReport withIndex(IndexFigures figures, long indexNs, List<String> allNotes) {
        return with(holes, queues, figures,
                new PhaseTimes(times.loadNs(), times.logNs(), times.queuesNs(), indexNs), allNotes);
    }

    /// The same, when the files had to be found and mapped before.
    public RecoveryReport afterLoad(long loadNs) {
        return with(holes, queues, index,
                new PhaseTimes(loadNs, times.logNs(), times.queuesNs(), times.indexNs()), notes);
    }

    /// The same with the holes that are known by now.
    public RecoveryReport withHoles(List<LogHole> known) {
        return with(known, queues, index, times, notes);
    }

    private RecoveryReport with(List<LogHole> allHoles, QueueFigures inQueues, IndexFigures inIndex,
            PhaseTimes allTimes, List<String> allNotes) {
        return new RecoveryReport(lastStop, files, recordsChecked, bytesChecked, startOffset, endOffset, cutBytes,
                filesDeleted, allHoles, inQueues, inIndex, allTimes, allNotes);
    }

    /// How the run before this one ended.
    public enum LastStop {
        /// There was no store before.
        NEW_STORE, CLEAN,
        /// `abort` was there: killed, or the machine lost power.
        UNCLEAN
    }
}
