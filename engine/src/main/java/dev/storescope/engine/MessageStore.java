package dev.storescope.engine;

import dev.storescope.engine.api.BrokerStats;
import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageId;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.QueryMessageResult;
import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.api.StoreStats;
import dev.storescope.engine.dispatch.CommitLogDispatcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A message store: one log for all topics (RocketMQ `MessageStore`).
///
/// Use: [#load()], [#start()], put and read, [#shutdown()]. Threads: any, unless a method says otherwise.
public interface MessageStore extends QueueReads, AutoCloseable {
    /// Takes the directory's lock, opens its files and recovers. Throws [StoreException] when the directory is in use,
    /// has files of another size, or cannot be read; nothing has been changed then.
    void load();

    /// Starts the background services; puts are taken from here on.
    void start();

    /// Refuses further puts, flushes to the end, stops the services and gives the directory back. May be called more
    /// than once.
    void shutdown();

    /// Drops everything in memory at once, as a killed process would: nothing is committed, flushed, or marked clean.
    /// What is in the page cache stays. The directory is given back, so that the store can be opened again.
    void kill();

    @Override
    default void close() {
        shutdown();
    }

    MessageStoreConfig config();

    StoreState state();

    /// [#asyncPutMessage], waited for.
    PutMessageResult putMessage(MessageExtBrokerInner message);

    /// [#asyncPutMessages], waited for.
    PutMessageResult putMessages(MessageExtBatch batch);

    /// Appends; the future is done when the message is as safe as the flush policy promises, or was refused. Never
    /// completes exceptionally. It may be completed by a thread of the store: do not block in what depends on it.
    CompletableFuture<PutMessageResult> asyncPutMessage(MessageExtBrokerInner message);

    CompletableFuture<PutMessageResult> asyncPutMessages(MessageExtBatch batch);

    /// The message whose record begins at exactly this offset; nothing when none is readable there.
    Optional<MessageExt> lookMessageByOffset(long commitLogOffset);

    /// Likewise; nothing when the record there has another size.
    Optional<MessageExt> lookMessageByOffset(long commitLogOffset, int sizeBytes);

    /// The message with this id; nothing when what is there now was stored by another host.
    Optional<MessageExt> lookMessageById(MessageId messageId);

    /// The first message of all topics that was stored at this time or later, in milliseconds since 1970.
    Optional<MessageExt> lookMessageByTime(long storeTimestamp);

    /// The messages of a topic that have a key, by the hash index: the newest ones, in the order of their offsets. Other
    /// keys with the same hash are among them.
    ///
    /// @param key one word of the message's keys, its unique key, or `T#` and its tags
    /// @param maxCount no more than this, nor than `maxMsgsNumBatch`
    /// @param beginTimestamp of the store time in milliseconds since 1970, inclusive; the index knows it to the second
    /// @param endTimestamp likewise
    QueryMessageResult queryMessage(String topic, String key, int maxCount, long beginTimestamp, long endTimestamp);

    /// The readable bytes of the log from an offset to the end of its file; nothing when there are none. Close it.
    Optional<SelectMappedBufferResult> getCommitLogData(long commitLogOffset);

    long getMinPhyOffset();

    /// Up to where the log is readable.
    long getMaxPhyOffset();

    /// What is readable in the log and has not come to queues and index yet, in bytes.
    long dispatchBehindBytes();

    /// Those who derive something from the log, in the order in which they get each record.
    List<CommitLogDispatcher> getDispatcherList();

    /// The bytes of the record at an offset; nothing when none begins there. Close it.
    Optional<SelectMappedBufferResult> selectOneMessageByOffset(long commitLogOffset);

    /// Likewise; nothing when the record there has another size.
    Optional<SelectMappedBufferResult> selectOneMessageByOffset(long commitLogOffset, int sizeBytes);

    /// Forces what is in the log now.
    ///
    /// @return up to where the log is flushed
    long flush();

    /// Deletes expired files now, whatever the hour is; returns before that is done.
    void executeDeleteFilesManually();

    /// Whether the put lock has been held for longer than `osPageCacheBusyTimeOutMills`.
    boolean isOSPageCacheBusy();

    /// How long the put lock has been held, in milliseconds; 0 while nobody holds it.
    long lockTimeMills();

    /// Whether the pool acts and has no free buffer.
    boolean isTransientStorePoolDeficient();

    /// Milliseconds since 1970 by the store's clock.
    long now();

    /// Figures by the names that RocketMQ's `brokerStatus` shows: counts, rates over 10, 60 and 600 s, disk use, offsets.
    Map<String, String> getRuntimeInfo();

    /// The figures of the store's own counters among these, a line each, as text.
    String getRunningDataInfo();

    /// Messages by topic and consumer group.
    BrokerStats getBrokerStatsManager();

    StoreSnapshot snapshot();

    StoreStats stats();
}
