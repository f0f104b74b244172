package dev.storescope.engine.retention;

import java.io.IOException;

/// What was made from the log and points into it: consume queues, the index.
///
/// Threads: the one of [CleanConsumeQueueService].
@FunctionalInterface
public interface DerivedFromLog {
    /// Forgets what points before `minLogOffset`, and deletes a file that holds nothing else. It may stop after any file: it is
    /// called again, after a pause, until there is nothing left to delete.
    ///
    /// @return how many files were deleted
    int deleteBefore(long minLogOffset) throws IOException;
}
