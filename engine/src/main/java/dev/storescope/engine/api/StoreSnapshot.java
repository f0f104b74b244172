package dev.storescope.engine.api;

import java.util.List;
import java.util.Map;

/// The state of a store at one moment, for whoever shows or checks it. Immutable.
///
/// Taken by its reader at most once a frame; costs the put path nothing. `acknowledged ≤ flushed ≤ committed ≤ wrote`
/// holds in it because the slowest is read first; the rest may lag by a moment and is never exact.
///
/// @param takenAtNanos by the environment's `nanoTime`; all other times of this kind compare to it
/// @param takenAtMillis milliseconds since 1970
/// @param config the settings in force
/// @param state where the store stands in its life
/// @param notWriteable why puts are refused, "" while they are not
/// @param log the positions of the whole log
/// @param files every file of the log, by offset; prepared files that nothing was written to come last
/// @param allocator the maker of the next file
/// @param pool the off-heap buffers
/// @param flush the services that move bytes towards the disk
/// @param putLock who appends
/// @param counters totals since the start
/// @param dispatch how far queues and index follow the log
/// @param retention what is deleted when, and how full the disk is
/// @param runningFlags every reason for which puts or reads are refused now
/// @param services every background service
/// @param recovery what opening found
/// @param proof how far the part of the log is proven that opening did not look at
public record StoreSnapshot(long takenAtNanos, long takenAtMillis, MessageStoreConfig config, StoreState state,
        String notWriteable, LogPositions log, List<FileSnapshot> files, AllocatorSnapshot allocator, PoolSnapshot pool,
        FlushSnapshot flush, PutLockSnapshot putLock, Counters counters, DispatchSnapshot dispatch,
        RetentionSnapshot retention, Map<RunningFlag, String> runningFlags, List<ServiceStatus> services,
        RecoveryReport recovery, ProofSnapshot proof) {

    /// A position in the log with what lies before it, all of one moment.
    ///
    /// @param offset bytes from the start of the log
    /// @param messages appended since the store was opened, up to here
    /// @param acknowledgedAtAppend how many of these were acknowledged without waiting for a force
    /// @param storeTimestamp store time of the last message before it, milliseconds since 1970; 0 when there is none
    public record LogPosition(long offset, long messages, long acknowledgedAtAppend, long storeTimestamp) {
        /// Messages between `earlier` and this position.
        public long messagesSince(LogPosition earlier) {
            return messages - earlier.messages;
        }
    }

    /// The pointers of the whole log.
    ///
    /// @param minOffset where the log begins
    /// @param acknowledged first offset of which no acknowledged message that waited for a force lies behind; at most
    ///     flushed
    /// @param flushed up to where the disk was forced
    /// @param committed up to where bytes are in the page cache; equals wrote when no pool acts
    /// @param wrote up to where bytes were put
    public record LogPositions(long minOffset, LogPosition acknowledged, LogPosition flushed, LogPosition committed,
            LogPosition wrote) {
        /// What dies with the process: bytes only in write buffers.
        public long uncommittedBytes() {
            return wrote.offset() - committed.offset();
        }

        /// What dies when the power fails.
        public long unflushedBytes() {
            return wrote.offset() - flushed.offset();
        }
    }

    /// One file of the log. Positions are bytes from its start.
    ///
    /// @param blankPosition where the blank record of a full file begins; -1 while there is none or it is not known
    /// @param messages in it; -1 when that is not known
    /// @param writeBuffer whether it is written through a buffer of the pool
    /// @param memoryLocked whether its pages are locked in memory
    public record FileSnapshot(long fromOffset, long sizeBytes, FileState state, long flushed, long committed,
            long wrote, long blankPosition, long messages, boolean writeBuffer, boolean memoryLocked) {
        public long endOffset() {
            return fromOffset + sizeBytes;
        }
    }

    /// What a file of the log is at the moment.
    public enum FileState {
        /// Made ahead of time, nothing written.
        PREALLOCATED, ACTIVE, FULL
    }

    /// The maker of the next file.
    ///
    /// @param requests those that are asked for or ready and not yet taken, by offset
    /// @param hits files that were ready when they were needed
    /// @param waits files that were waited for
    /// @param timeouts times the wait of 5 s was not enough
    /// @param hasException whether the last attempt failed, so that askers fail at once
    /// @param lastFailure what the system said, "" for none
    /// @param askerWaitingSinceNanos since when an append waits for a file; 0 when none does
    /// @param askerTimeoutNs how long it waits at most
    /// @param lastTakenNanos when a file was last taken; 0 for never
    /// @param lastTakenWaitNs how long was waited for that one
    public record AllocatorSnapshot(List<AllocationRequest> requests, long hits, long waits, long timeouts,
            boolean hasException, String lastFailure, long askerWaitingSinceNanos, long askerTimeoutNs,
            long lastTakenNanos, long lastTakenWaitNs) {
    }

    /// A file that was asked for.
    ///
    /// @param durationNs of the mapping when ready, how long it has been under way while mapping, else 0
    /// @param readyAtNanos when it became ready; 0 before
    public record AllocationRequest(long fromOffset, long sizeBytes, AllocationState state, long durationNs,
            long readyAtNanos) {
    }

    /// How far a request is.
    public enum AllocationState {
        QUEUED, MAPPING, READY
    }

    /// The off-heap buffers of `TransientStorePool`.
    ///
    /// @param state whether it acts, and if not, why
    /// @param buffers how many there are; 0 when it does not act
    /// @param free not lent; while the store runs, these and the lent ones are all
    /// @param bufferBytes size of each
    /// @param locked whether they are locked in memory
    /// @param lockFailure why not, "" when they are
    /// @param lentTo first offsets of the files that have one, the prepared next one among them
    public record PoolSnapshot(MessageStoreConfig.PoolState state, int buffers, int free, long bufferBytes,
            boolean locked, String lockFailure, List<Long> lentTo) {
    }

    /// The services that move bytes towards the disk.
    ///
    /// @param requestsWrite sync flush: puts that wait for the next batch
    /// @param requestsRead sync flush: puts of the batch that is being served
    /// @param forceStartedNanos when the force in flight began; 0 when none is
    /// @param forceFromOffset where it begins
    /// @param forceToOffset where it will have reached
    /// @param forces the last ones, oldest first, at most 64
    /// @param lastBatches sync flush: sizes of the last batches, oldest first, at most 64
    /// @param realTime async flush: what the next turn of `FlushRealTimeService` depends on
    /// @param commit with the pool: what the next turn of `CommitRealTimeService` depends on
    public record FlushSnapshot(int requestsWrite, int requestsRead, long forceStartedNanos, long forceFromOffset,
            long forceToOffset, List<Force> forces, List<Integer> lastBatches, Pacing realTime, Pacing commit) {
    }

    /// One force of the disk.
    ///
    /// @param requests puts that waited for it; 0 under async flush
    public record Force(long startedNanos, long durationNs, long fromOffset, long toOffset, int requests) {
    }

    /// What the next turn of a paced service depends on.
    ///
    /// @param active whether the service runs in this mode
    /// @param pagesBehind dirty pages now
    /// @param leastPages how many it waits for
    /// @param nextWakeNanos when it looks again at the latest
    /// @param nextThoroughNanos from when on it takes whatever there is
    public record Pacing(boolean active, long pagesBehind, long leastPages, long nextWakeNanos,
            long nextThoroughNanos) {
        public static final Pacing INACTIVE = new Pacing(false, 0, 0, 0, 0);
    }

    /// The lock under which appends are made.
    ///
    /// @param heldSinceMillis milliseconds since 1970; 0 while nobody holds it
    /// @param waiting threads that wait for it, an estimate; -1 when it cannot tell
    public record PutLockSnapshot(PutMessageLockKind kind, long heldSinceMillis, int waiting) {
    }

    /// How far queues and index follow the log.
    ///
    /// @param reputFromOffset up to where the log has been dispatched
    /// @param behindBytes what is readable and not yet dispatched
    /// @param records dispatched since the start
    /// @param gaps entries that could not be put because others before them were missing
    /// @param limit up to where it may be dispatched: under sync flush no further than flushed
    /// @param queueCount how many queues there are
    /// @param entries that all of them have whose messages are in the log
    /// @param queues of them no more than [#MOST_QUEUES], by topic and queue id
    /// @param shown which ones these are
    /// @param topics of all queues, sorted
    /// @param index by which messages are found by key
    public record DispatchSnapshot(long reputFromOffset, long behindBytes, long records, long gaps, long limit,
            int queueCount, long entries, List<QueueSnapshot> queues, QueuesShown shown, List<String> topics,
            IndexSnapshot index) {
        public static final DispatchSnapshot NOTHING = new DispatchSnapshot(0, 0, 0, 0, 0, 0, 0, List.of(),
                QueuesShown.ALL, IndexSnapshot.NONE);
        /// A picture that is taken with each frame has no room for more.
        public static final int MOST_QUEUES = 500;

        /// Of queues that are all of them, or whose topics are.
        public DispatchSnapshot(long reputFromOffset, long behindBytes, long records, long gaps, long limit,
                int queueCount, long entries, List<QueueSnapshot> queues, QueuesShown shown, IndexSnapshot index) {
            this(reputFromOffset, behindBytes, records, gaps, limit, queueCount, entries, queues, shown,
                    queues.stream().map(QueueSnapshot::topic).distinct().sorted().toList(), index);
        }
    }

    /// Which queues a snapshot has.
    public enum QueuesShown {
        ALL,
        /// Those that lack most messages of the log; among equals the first by topic and queue id.
        FURTHEST_BEHIND
    }

    /// One consume queue. Offsets count entries.
    ///
    /// @param minOffset the first whose message is still in the log
    /// @param flushedOffset up to which entry the disk was forced
    /// @param maxOffset one more than the last entry
    /// @param behind messages that are in the log and not yet in the queue
    /// @param files of it
    /// @param lastCommitLogOffset where the message of the last entry begins in the log; -1 when there is no entry
    public record QueueSnapshot(String topic, int queueId, long minOffset, long flushedOffset, long maxOffset,
            long behind, int files, long lastCommitLogOffset) {
    }

    /// Totals since the store was started.
    ///
    /// @param putsByStatus puts (a batch is one) by how they ended
    /// @param messages appended
    /// @param messageBytes bytes of their records
    /// @param forces successful ones
    /// @param forcedBytes bytes they covered
    /// @param batches group commit batches
    /// @param batchedRequests puts in them
    /// @param commits writes from buffer to page cache
    /// @param committedBytes bytes of them
    /// @param fileRolls times the log went to its next file
    /// @param bufferShortages times the pool had no buffer
    /// @param putSamplingInterval of how many puts one is timed for the stages
    /// @param eventsDropped probe events that no reader could take in time
    public record Counters(Map<PutMessageStatus, Long> putsByStatus, long messages, long messageBytes, long forces,
            long forcedBytes, long batches, long batchedRequests, long commits, long committedBytes, long fileRolls,
            long bufferShortages, int putSamplingInterval, long eventsDropped) {
        public long puts(PutMessageStatus status) {
            return putsByStatus.getOrDefault(status, 0L);
        }

        public long failedPuts() {
            return putsByStatus.entrySet()
                    .stream()
                    .filter(entry -> entry.getKey() != PutMessageStatus.PUT_OK)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }
}
