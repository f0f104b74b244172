package dev.storescope.engine.inspect;

import dev.storescope.engine.api.MessageExt;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What [StoreInspector] found in a directory.
///
/// @param fileSizeBytes length of the log files; empty when there are none or they differ
/// @param files every file of the log, by offset
/// @param minOffset where the log begins
/// @param endOffset where its last sound record or blank ends
/// @param records sound ones
/// @param recordBytes bytes of these
/// @param first the first sound message
/// @param last the last one
/// @param queues by topic and queue; at most [StoreInspector#MAX_QUEUES]
/// @param faultCount how many there are
/// @param faults the first ones, at most [StoreInspector#MAX_FAULTS]
/// @param checkpoint what `checkpoint` says, when it is there and long enough
/// @param abort the text of `abort`: there is one while a store runs, and after it was killed
/// @param derived queues and index
/// @param notes what else is odd, in sentences for the user
public record StoreReport(Path directory, OptionalLong fileSizeBytes, List<LogFileReport> files, long minOffset,
        long endOffset, long records, long recordBytes, Optional<MessageExt> first, Optional<MessageExt> last,
        List<QueueReport> queues, long faultCount, List<LogStep.Fault> faults, Optional<CheckpointValues> checkpoint,
        Optional<String> abort, DerivedFiles derived, List<String> notes) {
    public StoreReport {
        files = List.copyOf(files);
        queues = List.copyOf(queues);
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }
}
