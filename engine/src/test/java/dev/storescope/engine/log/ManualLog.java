package dev.storescope.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storescope.engine.api.MessageExt;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.file.AllocateMappedFileService;
import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.MappedFileQueue;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.file.StoreStatsService;
import dev.storescope.engine.file.TransientStorePool;
import dev.storescope.engine.log.LogPointers.PoolUse;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.testing.ManualEnvironment;
import dev.storescope.engine.testing.UnforcedDisk;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A log with its parts as a store wires them, in a world that stands still. The allocator works when it is asked; the
/// other services do their turns when a test says so.
public final class ManualLog {
    public static final long FILE_BYTES = 16 * 4096;
    private static final Path ROOT = Path.of("/store");

    public final UnforcedDisk disk = new UnforcedDisk();
    public final ManualEnvironment environment = new ManualEnvironment(disk);
    public final MessageStoreConfig config;
    public final RunningFlags flags = new RunningFlags();
    final StoreStatsService stats = new StoreStatsService();
    final TransientStorePool pool;
    final AllocateMappedFileService allocator;
    public final MappedFileQueue files;
    public final CommitLog log;
    final LogFlusher flusher;
    final GroupCommitService groupCommit;
    final FlushManager flushManager;
    final PutPath putPath;

    private ManualLog(MessageStoreConfig config) throws IOException {
        this.config = config;
        disk.createDirectories(config.storePathCommitLog());
        pool = new TransientStorePool(environment, config);
        pool.start();
        allocator = new AllocateMappedFileService(environment, config, pool);
        allocator.onRequest(this::allocate);
        files = new MappedFileQueue(environment, MappedFileQueue.Options.of(config.storePathCommitLog(),
                config.mappedFileSizeCommitLog(), "mappedFileSizeCommitLog").withPool(pool));
        log = new CommitLog(environment, config, files, allocator, flags, stats);
        log.beginAt(0, 0);
        flusher = new LogFlusher(environment, files, log.pointers(),
                config.transientStorePoolActs() ? PoolUse.BUFFERED : PoolUse.DIRECT, flags, stats);
        groupCommit = new GroupCommitService(environment, flusher, log.pointers(), stats);
        flushManager = new FlushManager(environment, config, log, flags, stats);
        putPath = newPutPath();
        putPath.start();
    }

    /// Another way into the same log, not started.
    PutPath newPutPath() {
        return new PutPath(environment, config, log, flushManager, flags, stats);
    }

    public static ManualLog open() throws IOException {
        return open(config());
    }

    public static ManualLog open(MessageStoreConfig.Builder config) throws IOException {
        return new ManualLog(config.build());
    }

    /// Small files, async flush, no pool.
    public static MessageStoreConfig.Builder config() {
        return MessageStoreConfig.builder(ROOT).set(StoreSetting.MAPPED_FILE_SIZE_COMMIT_LOG, FILE_BYTES);
    }

    public static MessageStoreConfig.Builder configWithPool() {
        return config().set(StoreSetting.TRANSIENT_STORE_POOL_ENABLE, true);
    }

    public static MessageExtBrokerInner message(String topic, int queueId) {
        return new MessageExtBrokerInner().topic(topic).queueId(queueId).body(new byte[10]);
    }

    /// A message whose record is exactly so long.
    public static MessageExtBrokerInner messageOfRecordBytes(int recordBytes) {
        String topic = "sized";
        return message(topic, 0).body(new byte[recordBytes - MessageLayout.MIN_BYTES - topic.length()]);
    }

    public PutMessageResult put(MessageExtBrokerInner message) {
        return putPath.put(message);
    }

    public PutMessageResult put(MessageExtBatch batch) {
        return putPath.put(batch);
    }

    /// Appends, and lines the message up for the next force of [#groupCommit].
    CompletableFuture<PutMessageResult> putToWait(MessageExtBrokerInner message) {
        PutMessageResult appended = append(message);
        assertThat(appended.status()).isEqualTo(PutMessageStatus.PUT_OK);
        GroupCommitRequest request = new GroupCommitRequest(appended, new PutEnds(environment, stats),
                environment.nanoTime() + config.nanos(StoreSetting.SYNC_FLUSH_TIMEOUT));
        groupCommit.put(request);
        return request;
    }

    MessageEncoder newEncoder() {
        return new MessageEncoder(RecordLimits.of(config), new PutTiming(environment, stats));
    }

    /// Appends past the checks of a put.
    PutMessageResult append(MessageExtBrokerInner message) {
        MessageEncoder encoder = newEncoder();
        assertThat(encoder.prepare(message)).isEqualTo(PutMessageStatus.PUT_OK);
        return log.append(encoder, 0);
    }

    /// Fills the file that is appended to but for `restBytes`, of which 8 or at least 8 + 91 stay; 0 fills it wholly.
    public void fillBut(int restBytes) {
        if (restBytes == 0) {
            fillBut(100);
            PutMessageResult rolled = append(messageOfRecordBytes(96));
            assertThat(rolled.status()).isEqualTo(PutMessageStatus.CREATE_MAPPED_FILE_FAILED);
            return;
        }
        long position = log.wroteOffset() % config.mappedFileSizeCommitLog();
        append(messageOfRecordBytes((int) (config.mappedFileSizeCommitLog() - position) - restBytes));
        assertThat(config.mappedFileSizeCommitLog() - log.wroteOffset() % config.mappedFileSizeCommitLog())
                .isEqualTo(restBytes);
    }

    /// The allocator's turns, as long as there is something to do.
    void allocate() {
        while (allocator.doWork() > 0) {
            // one request a turn
        }
    }

    /// Brings what stands in write buffers into the page cache.
    public void commitAll() {
        flusher.commit(0);
        assertThat(flags.notWriteableReason()).isEmpty();
    }

    /// Forces what is in the page cache.
    public void flushAll() {
        flusher.flush(0, 0);
        assertThat(flags.notWriteableReason()).isEmpty();
    }

    /// All messages of the log, which must be without a fault: records up to the end, each file but the last closed by
    /// a blank, nothing but zeros behind the end.
    public List<MessageExt> scan() {
        List<MessageExt> messages = new ArrayList<>();
        for (MappedFile file : files.files()) {
            RecordScanner scanner = new RecordScanner(file.mapping(), file.fromOffset(), file.sizeBytes(),
                    CrcCheck.CHECK);
            Found found = scanner.next();
            while (found == Found.RECORD) {
                messages.add(scanner.decode());
                found = scanner.next();
            }
            boolean full = file.endOffset() <= log.wroteOffset();
            assertThat(found).as("%s at %d: %s", file.name(), scanner.position(), scanner.fault())
                    .isEqualTo(full ? Found.BLANK : Found.END);
            if (!full) {
                assertThat(scanner.commitLogOffset()).as("end of the log").isEqualTo(log.wroteOffset());
            }
            assertZeros(file, full ? scanner.position() + MessageLayout.BLANK_BYTES : scanner.position());
        }
        return messages;
    }

    private static void assertZeros(MappedFile file, long from) {
        MemorySegment rest = file.mapping().asSlice(from);
        assertThat(rest.mismatch(MemorySegment.ofArray(new byte[(int) rest.byteSize()])))
                .as("%s: bytes behind the end, from %d", file.name(), from)
                .isEqualTo(-1);
    }
}
