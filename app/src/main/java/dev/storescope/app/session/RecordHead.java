package dev.storescope.app.session;

/// What one says of a record without reading its body.
///
/// @param queueOffset its index in the queue
/// @param storeTimestamp when it was appended, milliseconds since 1970
public record RecordHead(RecordPlace place, String topic, int queueId, long queueOffset, long storeTimestamp) {
}
