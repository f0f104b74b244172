package dev.storescope.engine.file;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.env.StoreMemory.MemoryLock;
import dev.storescope.engine.probe.ProbePoint;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// A fixed number of off-heap buffers, each as long as a file, locked in memory when allowed. Appends go into a
/// borrowed buffer; it comes back when its file is wholly committed (RocketMQ `TransientStorePool`).
///
/// Threads: [#borrow()] by the allocator, [#giveBack] by the committer, the rest by any.
public final class TransientStorePool implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TransientStorePool.class.getName());
    /// Under this share of free buffers a borrower is warned (RocketMQ's figure).
    private static final double FREE_WARNING_RATIO = 0.4;

    private final StoreEnvironment environment;
    private final MessageStoreConfig.PoolState state;
    private final int buffers;
    private final long bufferBytes;
    private final Deque<MemorySegment> free = new ConcurrentLinkedDeque<>();
    private final AtomicInteger freeCount = new AtomicInteger();
    private final LongAdder shortages = new LongAdder();
    private final SeldomLine allLent;
    private final List<MemorySegment> all = new ArrayList<>();
    private Arena arena;
    // Written by the owner before any service starts, read by whoever takes a snapshot.
    private volatile MemoryLock memoryLock = new MemoryLock(false, "");

    public TransientStorePool(StoreEnvironment environment, MessageStoreConfig config) {
        this.environment = environment;
        this.allLent = new SeldomLine(environment);
        this.state = config.poolState();
        this.buffers = acts() ? (int) config.number(StoreSetting.TRANSIENT_STORE_POOL_SIZE) : 0;
        this.bufferBytes = config.mappedFileSizeCommitLog();
    }

    /// Allocates and locks the buffers; does nothing where the pool does not act.
    public void start() {
        if (!acts()) {
            return;
        }
        arena = Arena.ofShared();
        for (int i = 0; i < buffers; i++) {
            MemorySegment buffer = environment.memory().allocate(arena, bufferBytes);
            MemoryLock locked = environment.memory().lock(buffer);
            if (i == 0 || !locked.locked()) {
                memoryLock = locked;
            }
            all.add(buffer);
            free.addLast(buffer);
        }
        freeCount.set(buffers);
        if (!memoryLock.locked()) {
            LOG.log(Level.WARNING, "transient store pool: its buffers are not locked in memory: {0}",
                    memoryLock.reason());
        }
    }

    public boolean acts() {
        return state == MessageStoreConfig.PoolState.ACTS;
    }

    public MessageStoreConfig.PoolState state() {
        return state;
    }

    /// A free buffer, or nothing when all are lent.
    public Optional<MemorySegment> borrow() {
        MemorySegment buffer = free.pollFirst();
        if (buffer == null) {
            shortages.increment();
            environment.probe().event(ProbePoint.BUFFER_NONE);
            long times = allLent.due();
            if (times > 0) {
                LOG.log(Level.WARNING,
                        "transient store pool: all {0} buffers are lent, {1} files more are appended to without one",
                        buffers, times);
            }
            return Optional.empty();
        }
        int left = freeCount.decrementAndGet();
        environment.probe().event(ProbePoint.BUFFER_BORROWED, left);
        if (left < buffers * FREE_WARNING_RATIO) {
            LOG.log(Level.DEBUG, "transient store pool: {0} of {1} buffers free", left, buffers);
        }
        return Optional.of(buffer);
    }

    /// The pair of [#borrow()]. What comes back after the pool was closed is gone already.
    public void giveBack(MemorySegment buffer) {
        if (!buffer.scope().isAlive()) {
            return;
        }
        free.addFirst(buffer);
        environment.probe().event(ProbePoint.BUFFER_RETURNED, freeCount.incrementAndGet());
    }

    /// Buffers not lent.
    public int freeBuffers() {
        return freeCount.get();
    }

    public int buffers() {
        return buffers;
    }

    public long bufferBytes() {
        return bufferBytes;
    }

    /// Times a borrower went away empty-handed.
    public long shortages() {
        return shortages.sum();
    }

    public MemoryLock memoryLock() {
        return memoryLock;
    }

    /// Unlocks and frees all buffers, lent ones too; nobody may use one after.
    @Override
    public void close() {
        if (arena != null) {
            all.forEach(environment.memory()::unlock);
            all.clear();
            free.clear();
            freeCount.set(0);
            arena.close();
            arena = null;
        }
    }
}
