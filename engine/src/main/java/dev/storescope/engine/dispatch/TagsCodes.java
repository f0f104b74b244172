package dev.storescope.engine.dispatch;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.log.DelayedMessages;
import java.util.List;

/// The third field of a queue entry (`format.md` §6): the hash of the tags, by which consumers filter; for a message
/// that waits in the schedule topic the time at which it is due.
///
/// Threads: any.
public final class TagsCodes {
    private final List<Long> delayLevelsMs;

    public TagsCodes(MessageStoreConfig config) {
        this.delayLevelsMs = config.delayLevelsMs();
    }

    /// The tags code of a record; milliseconds since 1970 for a delayed one. A level above the last counts as the last.
    public long of(DispatchRequest request) {
        if (request.topic().equals(DelayedMessages.SCHEDULE_TOPIC)) {
            int level = Math.min(request.delayLevel(), delayLevelsMs.size());
            if (level > 0) {
                return request.storeTimestamp() + delayLevelsMs.get(level - 1);
            }
        }
        return request.tagsHash();
    }
}
