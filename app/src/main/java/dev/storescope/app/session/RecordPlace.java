package dev.storescope.app.session;

/// Where a record lies in the log.
///
/// @param commitLogOffset bytes from the start of the log
/// @param sizeBytes of the whole record
public record RecordPlace(long commitLogOffset, int sizeBytes) {
    public long endOffset() {
        return commitLogOffset + sizeBytes;
    }
}
