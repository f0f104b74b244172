package dev.storescope.engine.index;

import dev.storescope.engine.DefaultMessageStore;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageProperties;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.RecoveryReport.LastStop;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.dispatch.LogReplay;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.log.LogHoles;
import dev.storescope.engine.testing.ManualEnvironment;
import dev.storescope.engine.testing.Stores;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A log on a disk in memory, and indexes of it, opened and fed by hand.
final class IndexParts {
    static final int SLOTS = 16;
    static final int ENTRIES = 10;
    static final Path INDEX = Stores.ROOT.resolve("index");

    private final MessageStoreConfig.Builder config;
    private final UnforcedDisk disk;
    private final ManualEnvironment environment;
    private final RunningFlags flags = new RunningFlags();
    private final MappedFileQueue log;
    private final long endOffset;

    private IndexParts(MessageStoreConfig.Builder config, UnforcedDisk disk, long endOffset) throws IOException {
        this.config = config;
        this.disk = disk;
        this.endOffset = endOffset;
        this.environment = new ManualEnvironment(disk);
        environment.clock().advanceNs(1_800_000_000_000_000_000L);
        this.log = new MappedFileQueue(environment, MappedFileQueue.Options.of(Stores.ROOT.resolve("commitlog"),
                Stores.FILE_BYTES, "mappedFileSizeCommitLog"));
        log.load();
    }

    /// A log with these messages, without an index.
    static IndexParts withLog(List<MessageExtBrokerInner> messages) throws IOException {
        UnforcedDisk before = new UnforcedDisk();
        DefaultMessageStore store = Stores.start(
                Stores.config().set(StoreSetting.MESSAGE_INDEX_ENABLE, false), before);
        messages.forEach(store::putMessage);
        long end = store.getMaxPhyOffset();
        store.kill();
        return new IndexParts(Stores.config()
                .set(StoreSetting.MAX_HASH_SLOT_NUM, SLOTS)
                .set(StoreSetting.MAX_INDEX_NUM, ENTRIES), before.kill(), end);
    }

    /// Messages with the keys `key-0`, `key-1` and so on.
    static IndexParts withKeys(int count) throws IOException {
        List<MessageExtBrokerInner> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(message(Map.of(MessageProperties.KEYS, "key-" + i)));
        }
        return withLog(messages);
    }

    static MessageExtBrokerInner message(Map<String, String> properties) {
        return Stores.message("topic", 0).propertiesString(MessageProperties.encode(properties));
    }

    MessageStoreConfig.Builder config() {
        return config;
    }

    UnforcedDisk disk() {
        return disk;
    }

    ManualEnvironment environment() {
        return environment;
    }

    RunningFlags flags() {
        return flags;
    }

    long endOffset() {
        return endOffset;
    }

    LogReplay replay() {
        return new LogReplay(environment, log, new LogHoles());
    }

    /// Where the records of the log begin.
    List<Long> offsets() {
        List<Long> offsets = new ArrayList<>();
        replay().feed(0, endOffset, request -> offsets.add(request.commitLogOffset()));
        return offsets;
    }

    /// Opened on what is there, nothing fed.
    IndexService open() throws IOException {
        IndexService index = new IndexService(environment, config.build(), flags);
        index.load();
        return index;
    }

    /// A new index of the whole log.
    IndexService build() throws IOException {
        IndexService index = open();
        replay().feed(0, endOffset, index);
        return index;
    }

    /// Opened, brought into line with the log, and fed with what it misses.
    Reopened reopen(LastStop lastStop, long indexMsgTimestamp) throws IOException {
        return reopen(lastStop, indexMsgTimestamp, 0, endOffset);
    }

    Reopened reopen(LastStop lastStop, long indexMsgTimestamp, long minOffset, long end) throws IOException {
        IndexService index = new IndexService(environment, config.build(), flags);
        IndexRecovery recovery = new IndexRecovery(index);
        recovery.load(lastStop, indexMsgTimestamp);
        IndexProof proof = new IndexProof(environment, log, new LogHoles(), index);
        long from = recovery.fitToLog(minOffset, end, replay());
        if (minOffset == log.minOffset()) {
            proof.begin(end);
            from = recovery.proveAtOnce(proof, from, minOffset);
        }
        replay().feed(from, end, index);
        return new Reopened(index, from, recovery.notes());
    }

    /// @param from where the feeding began
    record Reopened(IndexService index, long from, List<String> notes) {
    }

    /// The contents of all index files, oldest first.
    List<byte[]> contents() throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (String name : fileNames()) {
            contents.add(disk.readAll(INDEX.resolve(name)));
        }
        return contents;
    }

    List<String> fileNames() throws IOException {
        return disk.list(INDEX).stream().map(entry -> entry.name()).sorted().toList();
    }
}
