package dev.storescope.engine.sim;

import dev.storescope.engine.api.PutMessageStatus;
import java.util.Optional;
import java.util.OptionalLong;

/// One message that somebody tried to put, and what became of it.
///
/// @param number of the put among all, from 0
/// @param contentHash of everything that makes it this message: topic, queue, flag, properties, body
/// @param putStep when it was put
/// @param putNanos likewise, since the beginning of the world
/// @param answerStep when the producer had its answer; nothing while it has none, or died without
/// @param status the answer
/// @param offset where its record stands, as soon as it was appended
/// @param endOffset where its record ends; exact once the put was answered
/// @param fate what the last recovery found
/// @param cause why
public record LedgerEntry(long number, String topic, int queueId, String keys, int bodySizeBytes, long contentHash,
        long putStep, long putNanos, OptionalLong answerStep, Optional<PutMessageStatus> status, OptionalLong offset,
        OptionalLong endOffset, Fate fate, Cause cause) {

    public boolean isAcknowledged() {
        return status.filter(answer -> answer == PutMessageStatus.PUT_OK).isPresent();
    }

    /// What became of it.
    public enum Fate {
        /// No crash since: nobody has looked.
        OPEN, ACKNOWLEDGED_KEPT, ACKNOWLEDGED_LOST, UNACKNOWLEDGED_KEPT, UNACKNOWLEDGED_GONE,
        /// Its file was deleted, as it was to be.
        EXPIRED
    }

    /// Why.
    public enum Cause {
        NONE,
        /// Kept: it lay before the flushed pointer.
        FORCED,
        /// Kept: the process died, the page cache lived on.
        IN_PAGE_CACHE,
        /// Kept, by luck: the system had written its pages back of its own accord before the power failed.
        WRITTEN_BACK,
        /// Lost or gone: it lay behind the flushed pointer when the power failed.
        BEYOND_FLUSHED,
        /// Lost or gone: it stood only in a write buffer of the process.
        IN_WRITE_BUFFER,
        /// Gone: it had not been appended, or was refused.
        NEVER_APPENDED,
        /// Lost though it had been forced, or was in a page cache that lived on: the store broke its promise.
        PROMISE_BROKEN
    }
}
