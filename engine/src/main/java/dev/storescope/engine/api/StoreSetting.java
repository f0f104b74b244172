package dev.storescope.engine.api;

import dev.storescope.engine.api.SettingKind.Choice;
import dev.storescope.engine.api.SettingKind.Flag;
import dev.storescope.engine.api.SettingKind.Unit;
import dev.storescope.engine.api.SettingKind.Whole;
import java.util.Arrays;
import java.util.Optional;

/// Every setting of the store: RocketMQ's name and default, range, unit, and what it does.
///
/// The catalogue feeds [MessageStoreConfig], the command line's `--set`, and the settings sheet with its tooltips.
/// Names and defaults are those of RocketMQ 5.5's `MessageStoreConfig`, misspellings included, so that what is said
/// here can be said to a broker.
public enum StoreSetting {
    MAPPED_FILE_SIZE_COMMIT_LOG("mappedFileSizeCommitLog", Group.FILES,
            new Whole(4096, 2_147_479_552L, 4096, Unit.BYTES, 1 << 30), Change.NEW_STORE,
            "Length of each file of the commit log. Files have their full length from the start."), //
    MAPPED_FILE_SIZE_CONSUME_QUEUE("mappedFileSizeConsumeQueue", Group.FILES,
            new Whole(20, 2_147_479_540L, 1, Unit.BYTES, 6_000_000), Change.NEW_STORE,
            "Length of each file of a consume queue, rounded up to whole entries of 20 bytes. The files take room only for"
                    + " what is in them."), //
    WARM_MAPED_FILE_ENABLE("warmMapedFileEnable", Group.FILES, new Flag(false), Change.RESTART,
            "Touch every page of a new file and lock it in memory before it is used. Costs time in the allocator,"
                    + " saves page faults under the put lock."), //
    FLUSH_LEAST_PAGES_WHEN_WARM_MAPED_FILE("flushLeastPagesWhenWarmMapedFile", Group.FILES,
            new Whole(1, 262_144, 1, Unit.PAGES, 4096), Change.RESTART,
            "While warming under sync flush: force the disk after this many touched pages."), //
    FLUSH_DISK_TYPE("flushDiskType", Group.FLUSH, new Choice(FlushDiskType.ASYNC_FLUSH), Change.RESTART,
            "SYNC_FLUSH answers a put after its bytes were forced to disk, ASYNC_FLUSH before."), //
    SYNC_FLUSH_TIMEOUT("syncFlushTimeout", Group.FLUSH, new Whole(1, 600_000, 1, Unit.MILLISECONDS, 5_000),
            Change.RESTART,
            "Sync flush: a put not forced within this time is answered FLUSH_DISK_TIMEOUT. It is in the log all the"
                    + " same."), //
    FLUSH_INTERVAL_COMMIT_LOG("flushIntervalCommitLog", Group.FLUSH,
            new Whole(1, 3_600_000, 1, Unit.MILLISECONDS, 500), Change.RESTART,
            "Async flush: FlushRealTimeService looks this often whether the disk should be forced."), //
    FLUSH_COMMIT_LOG_LEAST_PAGES("flushCommitLogLeastPages", Group.FLUSH,
            new Whole(0, 262_144, 1, Unit.PAGES, 4), Change.RESTART,
            "Async flush: force only when at least this many pages are dirty. 0 forces whatever there is."), //
    FLUSH_COMMIT_LOG_THOROUGH_INTERVAL("flushCommitLogThoroughInterval", Group.FLUSH,
            new Whole(0, 3_600_000, 1, Unit.MILLISECONDS, 10_000), Change.RESTART,
            "Async flush: after this time without a thorough flush, force whatever there is, however little."), //
    FLUSH_COMMIT_LOG_TIMED("flushCommitLogTimed", Group.FLUSH, new Flag(true), Change.RESTART,
            "Async flush: sleep the whole interval. Off: a put may wake the service earlier."), //
    WAKE_FLUSH_WHEN_PUT_MESSAGE("wakeFlushWhenPutMessage", Group.FLUSH, new Flag(false), Change.RESTART,
            "Async flush: each put wakes FlushRealTimeService. Has effect only when flushCommitLogTimed is off."), //
    TRANSIENT_STORE_POOL_ENABLE("transientStorePoolEnable", Group.POOL, new Flag(false), Change.RESTART,
            "Append into a locked off-heap buffer; CommitRealTimeService moves it to the page cache later. Acts only"
                    + " with async flush on a master. What is not yet committed dies with the JVM."), //
    TRANSIENT_STORE_POOL_SIZE("transientStorePoolSize", Group.POOL, new Whole(1, 64, 1, Unit.COUNT, 5),
            Change.RESTART, "Buffers in the pool, each as long as a file of the commit log."), //
    FAST_FAIL_IF_NO_BUFFER_IN_STORE_POOL("fastFailIfNoBufferInStorePool", Group.POOL, new Flag(false),
            Change.RESTART,
            "With the pool: a put that needs a new file fails at once when no buffer is free, instead of waiting."), //
    COMMIT_INTERVAL_COMMIT_LOG("commitIntervalCommitLog", Group.POOL,
            new Whole(1, 3_600_000, 1, Unit.MILLISECONDS, 200), Change.RESTART,
            "With the pool: CommitRealTimeService looks this often whether there is something to commit."), //
    COMMIT_COMMIT_LOG_LEAST_PAGES("commitCommitLogLeastPages", Group.POOL, new Whole(0, 262_144, 1, Unit.PAGES, 4),
            Change.RESTART,
            "With the pool: commit only when at least this many pages wait. 0 commits whatever is there."), //
    COMMIT_COMMIT_LOG_THOROUGH_INTERVAL("commitCommitLogThoroughInterval", Group.POOL,
            new Whole(0, 3_600_000, 1, Unit.MILLISECONDS, 200), Change.RESTART,
            "With the pool: after this time without a thorough commit, commit whatever there is."), //
    WAKE_COMMIT_WHEN_PUT_MESSAGE("wakeCommitWhenPutMessage", Group.POOL, new Flag(false), Change.RESTART,
            "With the pool: each put wakes CommitRealTimeService."), //
    USE_REENTRANT_LOCK_WHEN_PUT_MESSAGE("useReentrantLockWhenPutMessage", Group.PUT, new Flag(true), Change.RESTART,
            "Serialise appends with a queueing lock that parks. Off: a spinning lock, which parks after a bounded"
                    + " spin."), //
    MAX_MESSAGE_SIZE("maxMessageSize", Group.PUT, new Whole(1, 1 << 30, 1, Unit.BYTES, 4 << 20), Change.RESTART,
            "Largest body of a message, or of all messages of a batch together; more is MESSAGE_ILLEGAL."), //
    OS_PAGE_CACHE_BUSY_TIME_OUT_MILLS("osPageCacheBusyTimeOutMills", Group.PUT,
            new Whole(1, 3_600_000, 1, Unit.MILLISECONDS, 1_000), Change.RESTART,
            "A put is refused with OS_PAGECACHE_BUSY while the put lock has been held for longer than this."), //
    AUTO_MESSAGE_VERSION_ON_TOPIC_LEN("autoMessageVersionOnTopicLen", Group.PUT, new Flag(true), Change.RESTART,
            "Write topics longer than 127 bytes as records of version 2. Off: they are MESSAGE_ILLEGAL."), //
    FLUSH_DELAY_OFFSET_INTERVAL("flushDelayOffsetInterval", Group.PUT,
            new Whole(1, 3_600_000, 1, Unit.MILLISECONDS, 10_000), Change.RESTART,
            "How often the progress of delayed messages is written to config/delayOffset.json. What was delivered since is"
                    + " delivered again after a crash."), //
    MESSAGE_DELAY_LEVEL("messageDelayLevel", Group.PUT,
            new SettingKind.Text("1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h",
                    "numbers with s, m, h or d, separated by blanks"),
            Change.RESTART, "How long a message of delay level 1, 2, 3 … is kept back."), //
    FLUSH_INTERVAL_CONSUME_QUEUE("flushIntervalConsumeQueue", Group.QUEUE,
            new Whole(1, 3_600_000, 1, Unit.MILLISECONDS, 1_000), Change.RESTART,
            "FlushConsumeQueueService looks this often whether queues should be forced to disk."), //
    FLUSH_CONSUME_QUEUE_LEAST_PAGES("flushConsumeQueueLeastPages", Group.QUEUE,
            new Whole(0, 262_144, 1, Unit.PAGES, 2), Change.RESTART,
            "Force a queue only when at least this many of its pages are dirty. 0 forces whatever there is."), //
    FLUSH_CONSUME_QUEUE_THOROUGH_INTERVAL("flushConsumeQueueThoroughInterval", Group.QUEUE,
            new Whole(0, 3_600_000, 1, Unit.MILLISECONDS, 60_000), Change.RESTART,
            "After this time without a thorough flush, force whatever the queues have, and note in the checkpoint how far"
                    + " they are on disk."), //
    MAX_TRANSFER_BYTES_ON_MESSAGE_IN_MEMORY("maxTransferBytesOnMessageInMemory", Group.QUEUE,
            new Whole(1, 1 << 30, 1, Unit.BYTES, 256 << 10), Change.RESTART,
            "One read from a queue gives at most so many bytes of messages that are likely to be in memory; the first"
                    + " message is given however long it is."), //
    MAX_TRANSFER_COUNT_ON_MESSAGE_IN_MEMORY("maxTransferCountOnMessageInMemory", Group.QUEUE,
            new Whole(1, 100_000, 1, Unit.COUNT, 32), Change.RESTART,
            "One read from a queue gives at most so many messages that are likely to be in memory."), //
    MAX_TRANSFER_BYTES_ON_MESSAGE_IN_DISK("maxTransferBytesOnMessageInDisk", Group.QUEUE,
            new Whole(1, 1 << 30, 1, Unit.BYTES, 64 << 10), Change.RESTART,
            "Likewise for messages so old that they have to be read from disk."), //
    MAX_TRANSFER_COUNT_ON_MESSAGE_IN_DISK("maxTransferCountOnMessageInDisk", Group.QUEUE,
            new Whole(1, 100_000, 1, Unit.COUNT, 8), Change.RESTART,
            "Likewise for messages so old that they have to be read from disk."), //
    ACCESS_MESSAGE_IN_MEMORY_MAX_RATIO("accessMessageInMemoryMaxRatio", Group.QUEUE,
            new Whole(1, 100, 1, Unit.PERCENT, 40), Change.RESTART,
            "A message counts as being on disk when more than this part of the machine's memory was stored behind it."), //
    FILE_RESERVED_TIME("fileReservedTime", Group.RETENTION, new Whole(0, 876_000, 1, Unit.HOURS, 72), Change.RESTART,
            "A file of the commit log expires when its last message is older than this."), //
    DELETE_WHEN("deleteWhen", Group.RETENTION, new SettingKind.Text("04", "hours from 00 to 23, separated by ;"),
            Change.RESTART,
            "Hours of the day at which expired files are deleted, as long as the disk has room."), //
    DISK_MAX_USED_SPACE_RATIO("diskMaxUsedSpaceRatio", Group.RETENTION, new Whole(1, 99, 1, Unit.PERCENT, 75),
            Change.RESTART,
            "From here on expired files are deleted at once, whatever the hour is."), //
    DISK_SPACE_CLEAN_FORCIBLY_RATIO("diskSpaceCleanForciblyRatio", Group.RETENTION,
            new Whole(1, 99, 1, Unit.PERCENT, 85), Change.RESTART,
            "From here on files are deleted that have not expired, too, oldest first."), //
    DISK_SPACE_WARNING_LEVEL_RATIO("diskSpaceWarningLevelRatio", Group.RETENTION,
            new Whole(1, 99, 1, Unit.PERCENT, 90), Change.RESTART,
            "From here on puts are refused, until there is room again."), //
    CLEAN_FILE_FORCIBLY_ENABLE("cleanFileForciblyEnable", Group.RETENTION, new Flag(true), Change.RESTART,
            "Off: a file that has not expired is never deleted, however full the disk is."), //
    CLEAN_RESOURCE_INTERVAL("cleanResourceInterval", Group.RETENTION,
            new Whole(1, 3_600_000, 1, Unit.MILLISECONDS, 10_000), Change.RESTART,
            "How often it is looked for files to delete and for room on the disk. The first time is a minute after the"
                    + " start."), //
    DELETE_FILE_BATCH_MAX("deleteFileBatchMax", Group.RETENTION, new Whole(1, 1_000, 1, Unit.COUNT, 10),
            Change.RESTART, "So many files of the commit log at most are deleted in one go."), //
    DELETE_COMMIT_LOG_FILES_INTERVAL("deleteCommitLogFilesInterval", Group.RETENTION,
            new Whole(0, 3_600_000, 1, Unit.MILLISECONDS, 100), Change.RESTART,
            "Pause after each deleted file of the commit log: a large one keeps the disk busy."), //
    DELETE_CONSUME_QUEUE_FILES_INTERVAL("deleteConsumeQueueFilesInterval", Group.RETENTION,
            new Whole(0, 3_600_000, 1, Unit.MILLISECONDS, 100), Change.RESTART,
            "Likewise after each deleted file of a consume queue or index."), //
    DESTROY_MAPED_FILE_INTERVAL_FORCIBLY("destroyMapedFileIntervalForcibly", Group.RETENTION,
            new Whole(0, 3_600_000, 1, Unit.MILLISECONDS, 120_000), Change.RESTART,
            "A reader may go on reading a deleted file for so long; then its memory is taken away."), //
    REDELETE_HANGED_FILE_INTERVAL("redeleteHangedFileInterval", Group.RETENTION,
            new Whole(1, 3_600_000, 1, Unit.MILLISECONDS, 120_000), Change.RESTART,
            "How often it is looked for deleted files that a reader still holds."), //
    CHECK_CRC_ON_RECOVER("checkCRCOnRecover", Group.RECOVERY, new Flag(true), Change.RESTART,
            "Recovery checks the CRC of every body that it reads."), //
    MESSAGE_INDEX_ENABLE("messageIndexEnable", Group.INDEX, new Flag(true), Change.RESTART,
            "Keep the hash index by which messages are found by key. Off: what is there can still be looked up; when it"
                    + " is on again, what is missing is built from the log."), //
    MAX_HASH_SLOT_NUM("maxHashSlotNum", Group.INDEX, new Whole(1, 100_000_000, 1, Unit.COUNT, 5_000_000),
            Change.NEW_STORE, "Hash slots of each index file; more make the chains shorter."), //
    MAX_INDEX_NUM("maxIndexNum", Group.INDEX, new Whole(2, 85_000_000, 1, Unit.COUNT, 20_000_000), Change.NEW_STORE,
            "Entries of each index file, one for each key of a message; the first is never used."), //
    MAX_MSGS_NUM_BATCH("maxMsgsNumBatch", Group.INDEX, new Whole(1, 10_000, 1, Unit.COUNT, 64), Change.RESTART,
            "A query by key gives at most so many messages, the newest."), //
    MESSAGE_STORE_PLUG_IN("messageStorePlugIn", Group.PLUG_IN,
            new SettingKind.Text("", "class names, separated by commas; behind a colon what each is told"),
            Change.RESTART,
            "Plug-ins that are wrapped around the store, the outermost first; none when empty."
                    + " dev.storescope.engine.BodyLimitPlugin:65536 refuses bodies of more than 65,536 bytes."), //
    BROKER_ROLE("brokerRole", Group.ROLE, new Choice(BrokerRole.ASYNC_MASTER), Change.RESTART,
            "What this store is among its copies. A slave refuses puts.");

    private final String rocketMqName;
    private final Group group;
    private final SettingKind kind;
    private final Change change;
    private final String description;

    StoreSetting(String rocketMqName, Group group, SettingKind kind, Change change, String description) {
        this.rocketMqName = rocketMqName;
        this.group = group;
        this.kind = kind;
        this.change = change;
        this.description = description;
    }

    /// The name as RocketMQ's configuration has it.
    public String rocketMqName() {
        return rocketMqName;
    }

    public Group group() {
        return group;
    }

    public SettingKind kind() {
        return kind;
    }

    public Change change() {
        return change;
    }

    /// What it does in the store, in English.
    public String description() {
        return description;
    }

    /// Finds a setting by the name that RocketMQ gives it, ignoring case.
    public static Optional<StoreSetting> named(String rocketMqName) {
        return Arrays.stream(values())
                .filter(setting -> setting.rocketMqName.equalsIgnoreCase(rocketMqName))
                .findFirst();
    }

    /// Which part of the store a setting speaks of.
    public enum Group {
        FILES, FLUSH, POOL, PUT, QUEUE, INDEX, RETENTION, RECOVERY, PLUG_IN, ROLE
    }

    /// What a changed value needs to take effect.
    public enum Change {
        /// The store is stopped and started on the same files.
        RESTART,
        /// Only a new store can have it: the files on disk would not fit.
        NEW_STORE
    }
}
