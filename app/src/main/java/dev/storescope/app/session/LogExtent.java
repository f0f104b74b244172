package dev.storescope.app.session;

import dev.storescope.engine.api.StoreSnapshot;

/// A range of offsets that a log takes up.
///
/// @param fromOffset of the first byte
/// @param toOffset behind the last byte
record LogExtent(long fromOffset, long toOffset) {
    static final LogExtent NONE = new LogExtent(0, 0);

    static LogExtent of(StoreSnapshot snapshot) {
        return new LogExtent(snapshot.log().minOffset(), snapshot.log().wrote().offset());
    }

    LogCheck checkedTo(long offset, long elapsedNs) {
        return new LogCheck(offset - fromOffset, toOffset - fromOffset, elapsedNs);
    }
}
