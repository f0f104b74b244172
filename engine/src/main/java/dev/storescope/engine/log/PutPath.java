package dev.storescope.engine.log;

import dev.storescope.engine.api.AppendDataResult;
import dev.storescope.engine.api.BrokerRole;
import dev.storescope.engine.api.MessageExtBatch;
import dev.storescope.engine.api.MessageExtBrokerInner;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.PutMessageResult;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.file.RunningFlags;
import dev.storescope.engine.file.StoreStatsService;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// The life of a put (`store.md` §2): checks, encoding, append, and waiting for the disk where that was promised.
///
/// Threads: any.
public final class PutPath {
    private static final System.Logger LOG = System.getLogger(PutPath.class.getName());
    /// Of the refusals of a slave or an unwriteable store one in so many is logged (RocketMQ's figure).
    private static final long REFUSALS_PER_LINE = 50_000;

    private final StoreEnvironment environment;
    private final CommitLog log;
    private final FlushManager flushManager;
    private final RunningFlags flags;
    private final StoreStatsService stats;
    private final boolean slave;
    private final long busyAfterMs;
    private final long syncFlushTimeoutNs;
    private final AtomicLong refusals = new AtomicLong();
    private final ThreadLocal<MessageEncoder> encoders;
    // Written by the owner, read by every put.
    private volatile boolean running;

    public PutPath(StoreEnvironment environment, MessageStoreConfig config, CommitLog log, FlushManager flushManager,
            RunningFlags flags, StoreStatsService stats) {
        this.environment = environment;
        this.log = log;
        this.flushManager = flushManager;
        this.flags = flags;
        this.stats = stats;
        this.slave = config.brokerRole() == BrokerRole.SLAVE;
        this.busyAfterMs = config.number(StoreSetting.OS_PAGE_CACHE_BUSY_TIME_OUT_MILLS);
        this.syncFlushTimeoutNs = config.nanos(StoreSetting.SYNC_FLUSH_TIMEOUT);
        RecordLimits limits = RecordLimits.of(config);
        this.encoders = ThreadLocal
                .withInitial(() -> new MessageEncoder(limits, new PutTiming(environment, stats)));
    }

    public void start() {
        log.open();
        running = true;
    }

    /// Returns when no append is in progress and none can begin.
    public void stop() {
        running = false;
        log.closeForAppends();
    }

    /// Appends and, where the flush policy promises it, waits for the disk.
    public PutMessageResult put(MessageExtBrokerInner message) {
        MessageEncoder encoder = begin(message.bodySizeBytes());
        PutMessageStatus status = storeStatus();
        if (status == PutMessageStatus.PUT_OK) {
            status = encoder.prepare(message);
        }
        return putAndWait(encoder, status, promiseTo(message));
    }

    /// Likewise for a batch, which waits when its first message does.
    public PutMessageResult put(MessageExtBatch batch) {
        MessageEncoder encoder = begin(batch.first().bodySizeBytes());
        PutMessageStatus status = storeStatus();
        if (status == PutMessageStatus.PUT_OK) {
            status = encoder.prepare(batch);
        }
        return putAndWait(encoder, status, promiseTo(batch.first()));
    }

    /// Appends; the future is done when the message is as safe as the flush policy promises, or was refused.
    public CompletableFuture<PutMessageResult> putAsync(MessageExtBrokerInner message) {
        MessageEncoder encoder = begin(message.bodySizeBytes());
        PutMessageStatus status = storeStatus();
        if (status == PutMessageStatus.PUT_OK) {
            status = encoder.prepare(message);
        }
        return putAndReturn(encoder, status, promiseTo(message));
    }

    public CompletableFuture<PutMessageResult> putAsync(MessageExtBatch batch) {
        MessageEncoder encoder = begin(batch.first().bodySizeBytes());
        PutMessageStatus status = storeStatus();
        if (status == PutMessageStatus.PUT_OK) {
            status = encoder.prepare(batch);
        }
        return putAndReturn(encoder, status, promiseTo(batch.first()));
    }

    /// Appends bytes of another store's log as they are.
    public AppendDataResult appendData(long startOffset, ByteBuffer data) {
        AppendDataResult result = log.appendData(startOffset, MemorySegment.ofBuffer(data));
        if (result.isOk()) {
            flushManager.appended();
        }
        return result;
    }

    private MessageEncoder begin(int bodyBytes) {
        MessageEncoder encoder = encoders.get();
        encoder.timing().begin(encoder.samplesNextPut(environment.probe().putSamplingInterval()), bodyBytes);
        return encoder;
    }

    /// Checks 1 to 3 of `store.md` §2.
    private PutMessageStatus storeStatus() {
        if (!running) {
            return PutMessageStatus.SERVICE_NOT_AVAILABLE;
        }
        if (!slave && flags.isWriteable()) {
            return PutMessageStatus.PUT_OK;
        }
        if (refusals.getAndIncrement() % REFUSALS_PER_LINE == 0) {
            LOG.log(Level.WARNING, "puts are refused: {0}",
                    slave ? "this store is a slave" : flags.notWriteableReason());
        }
        return PutMessageStatus.SERVICE_NOT_AVAILABLE;
    }

    private Promise promiseTo(MessageExtBrokerInner message) {
        return flushManager.isSync() && message.waitStoreMsgOk() ? Promise.FORCED : Promise.APPENDED;
    }

    private PutMessageResult putAndWait(MessageEncoder encoder, PutMessageStatus status, Promise promise) {
        PutMessageResult result = append(encoder, status, promise);
        if (!result.isOk() || promise == Promise.APPENDED) {
            return ended(encoder, result);
        }
        GroupCommitRequest request = flushManager.requestFlush(result, encoder.timing());
        // FlushDiskWatcher looks after the time.
        if (!environment.awaitWatched(request, syncFlushTimeoutNs)) {
            request.timedOut();
        }
        PutMessageResult flushed = request.resultNow();
        encoder.timing().woken(request.forceEndedNanos);
        encoder.timing().end(flushed);
        return flushed;
    }

    private CompletableFuture<PutMessageResult> putAndReturn(MessageEncoder encoder, PutMessageStatus status,
            Promise promise) {
        PutMessageResult result = append(encoder, status, promise);
        if (!result.isOk() || promise == Promise.APPENDED) {
            return CompletableFuture.completedFuture(ended(encoder, result));
        }
        return flushManager.requestFlushAndGo(result, encoder.timing());
    }

    private PutMessageResult append(MessageEncoder encoder, PutMessageStatus status, Promise promise) {
        PutMessageStatus now = status;
        if (now == PutMessageStatus.PUT_OK && isPageCacheBusy()) {
            now = PutMessageStatus.OS_PAGECACHE_BUSY;
        }
        PutMessageResult result = now == PutMessageStatus.PUT_OK
                ? log.append(encoder, promise == Promise.FORCED ? 0 : encoder.count())
                : PutMessageResult.rejected(now);
        encoder.clear();
        if (result.isOk() && refusals.getOpaque() != 0) {
            refusals.set(0);
        }
        return result;
    }

    /// Check 6: the put lock has been held for too long.
    public boolean isPageCacheBusy() {
        return log.lockTimeMills() > busyAfterMs;
    }

    /// Counts a put that waits for no force.
    private PutMessageResult ended(MessageEncoder encoder, PutMessageResult result) {
        stats.put(result.status());
        encoder.timing().end(result);
        if (result.isOk()) {
            flushManager.appended();
        }
        return result;
    }

    /// What an acknowledgement stands for.
    private enum Promise {
        APPENDED, FORCED
    }
}
