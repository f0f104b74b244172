package dev.storescope.engine;

import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreException;
import dev.storescope.engine.api.StoreState;
import dev.storescope.engine.dispatch.CommitLogDispatcher;
import java.util.List;

/// A message store: one log for all topics (RocketMQ `MessageStore`).
///
/// Use: [#load()], [#start()], put and read, [#shutdown()]. Threads: any, unless a method says otherwise.
public interface MessageStore
        extends MessagePuts, QueueReads, MessageLookups, StoreUpkeep, RuntimeFigures, AutoCloseable {
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

    long getMinPhyOffset();

    /// Up to where the log is readable.
    long getMaxPhyOffset();

    /// What is readable in the log and has not come to queues and index yet, in bytes.
    long dispatchBehindBytes();

    /// Those who derive something from the log, in the order in which they get each record.
    List<CommitLogDispatcher> getDispatcherList();

    /// Forces what is in the log now.
    ///
    /// @return up to where the log is flushed
    long flush();

    /// Begins to deliver delayed messages, or stops: a master delivers, a slave does not. Nothing is delivered before it is
    /// called for the first time; after a stop it may be called again. While the store runs, by one at a time.
    void handleScheduleMessageService(BrokerRole role);

    /// Whether the put lock has been held for longer than `osPageCacheBusyTimeOutMills`.
    boolean isOSPageCacheBusy();

    /// How long the put lock has been held, in milliseconds; 0 while nobody holds it.
    long lockTimeMills();

    /// Whether the pool acts and has no free buffer.
    boolean isTransientStorePoolDeficient();

    /// Milliseconds since 1970 by the store's clock.
    long now();
}
