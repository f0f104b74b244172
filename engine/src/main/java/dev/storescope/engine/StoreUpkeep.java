package dev.storescope.engine;

import dev.storescope.engine.api.StoreException;
import java.util.Set;

/// Taking away what is no longer wanted: topics, queues, files, the end of the log, the whole store.
///
/// Threads: any, unless a method says otherwise.
public interface StoreUpkeep {
    /// Takes topics away with their queues. Their messages stay in the log until it expires and do not count any more; what
    /// is put later begins at queue offset 0.
    ///
    /// @return how many of the topics had queues
    int deleteTopics(Set<String> topics);

    /// Takes all topics away but those that are retained and the store's own.
    ///
    /// @return how many
    int cleanUnusedTopic(Set<String> retainedTopics);

    /// Takes away the queues all of whose messages are gone from the log, but the store's own: retention leaves each its
    /// last file, which knows how far the queue had come. What is put into such a queue later begins at queue offset 0, so
    /// that a consumer that was further finds its offset beyond the end. Throws [StoreException] when files cannot be
    /// deleted.
    ///
    /// @return how many queues
    int cleanExpiredConsumerQueue();

    /// Deletes expired files now, whatever the hour is; returns before that is done.
    void executeDeleteFilesManually();

    /// Ends the log at an offset: what stands there and behind it is gone for good, from the log, the queues and the index;
    /// the next message is put there. Only between [MessageStore#load()] and [MessageStore#start()], for the pointers of a
    /// store that runs never go back. Throws [StoreException] when the store is not in that state, or when neither a
    /// record begins there nor the log ends; nothing has been changed then.
    void resetWriteOffset(long commitLogOffset);

    /// Shuts the store down and deletes its files: log, queues, index, checkpoint, `abort`, and its own ones in `config`.
    /// The file `lock` stays, and so does whatever else lies in the directory. By the store's owner. Throws
    /// [StoreException] when another store has the directory, or a file cannot be deleted.
    void destroy();
}
