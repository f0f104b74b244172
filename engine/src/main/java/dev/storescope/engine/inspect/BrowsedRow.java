package dev.storescope.engine.inspect;

/// A line of a list of what stands in a log: a record, or a place where none could be read.
///
/// @param row counted from the start of the log, from 0
/// @param file name of the log file
/// @param step [LogStep.Record] or [LogStep.Fault]
/// @param keys of the message; "" when it has none, and for a fault
/// @param tags likewise
/// @param bodyBytes 0 for a fault
public record BrowsedRow(long row, String file, LogStep step, String keys, String tags, int bodyBytes) {
    /// Where it stands, bytes from the start of the log.
    public long commitLogOffset() {
        return switch (step) {
            case LogStep.Record record -> record.commitLogOffset();
            case LogStep.Fault fault -> fault.commitLogOffset();
            case LogStep.Blank _,LogStep.End _ -> throw new IllegalStateException("row of neither record nor fault");
        };
    }
}
