package dev.storescope.engine.inspect;

/// The files that are built from the log, and could be built again.
///
/// @param queueTopics directories in `consumequeue`
/// @param queues directories in these
/// @param queueFiles files in these
/// @param indexFiles files in `index`
public record DerivedFiles(int queueTopics, int queues, int queueFiles, int indexFiles) {
    public boolean hasConsumeQueues() {
        return queueFiles > 0;
    }

    public boolean hasIndex() {
        return indexFiles > 0;
    }
}
