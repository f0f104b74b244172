package dev.storescope.engine;

import dev.storescope.engine.api.AppendDataResult;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.PutMessageResult;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/// Putting messages into the log.
///
/// Threads: any.
public interface MessagePuts {
    /// [#asyncPutMessage], waited for.
    PutMessageResult putMessage(MessageExtBrokerInner message);

    /// [#asyncPutMessages], waited for.
    PutMessageResult putMessages(MessageExtBatch batch);

    /// Appends; the future is done when the message is as safe as the flush policy promises, or was refused. Never
    /// completes exceptionally. It may be completed by a thread of the store: do not block in what depends on it.
    CompletableFuture<PutMessageResult> asyncPutMessage(MessageExtBrokerInner message);

    CompletableFuture<PutMessageResult> asyncPutMessages(MessageExtBatch batch);

    /// Appends bytes of another store's log at the very offset that they have there, as a copy of it does. The pieces may
    /// end anywhere: a record counts as soon as all of it has come, is checked then as at recovery, and gets into queues and
    /// index like one that was put. What has come of a record that is not whole is forgotten when a message is put, or
    /// the piece before is sent again; a restart forgets it too.
    ///
    /// @param commitLogOffset of the first byte: the one that follows what came last, or [MessageStore#getMaxPhyOffset()]
    /// @param data from its position to its limit, which stay as they are
    AppendDataResult appendToCommitLog(long commitLogOffset, ByteBuffer data);
}
