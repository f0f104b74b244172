package dev.storescope.engine.inspect.check;

import dev.storescope.engine.inspect.StoreInspector;
import java.nio.file.Path;
import java.util.List;

/// What [StoreCheck] found.
///
/// @param log what the log holds
/// @param queues directories of queues
/// @param queueEntries entries that are those of a record
/// @param indexFiles files of the index
/// @param indexEntries entries that are those of a key of a record
/// @param indexShapes by which geometry these were read
/// @param faultPlaces how many places are wrong
/// @param faults the first ones, at most [StoreInspector#MAX_FAULTS]
/// @param notes what else is worth knowing, in sentences
public record CheckReport(Path directory, LogExtent log, int queues, long queueEntries, int indexFiles,
        long indexEntries, List<IndexShape> indexShapes, long faultPlaces, List<CheckFault> faults,
        List<String> notes) {
    public CheckReport {
        indexShapes = List.copyOf(indexShapes);
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    public boolean isSound() {
        return faultPlaces == 0;
    }
}
