package dev.storescope.engine.file;

import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot.PoolSnapshot;
import dev.storescope.engine.env.StoreEnvironment;
import dev.storescope.engine.env.StoreMemory;
import dev.storescope.engine.env.StoreMemory.MemoryLock;
import dev.storescope.engine.probe.ProbePoint;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

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
    /// A roll of the log changes it, a snapshot reads it: one object, so that free and lent always make up the pool.
    private final AtomicReference<Shelf> shelf = new AtomicReference<>(Shelf.EMPTY);
    private final LongAdder shortages = new LongAdder();
    private final SeldomLine allLent;
    /// Only of the owner.
    private final List<StoreMemory.Block> all = new ArrayList<>();
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
        for (int i = 0; i < buffers; i++) {
            StoreMemory.Block block = environment.memory().allocate(bufferBytes);
            all.add(block);
            MemoryLock locked = environment.memory().lock(block.segment());
            if (i == 0 || !locked.locked()) {
                memoryLock = locked;
            }
        }
        shelf.set(new Shelf(all.stream().map(StoreMemory.Block::segment).toList(), List.of()));
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
    ///
    /// @param fromOffset of the file that is to have it
    public Optional<MemorySegment> borrow(long fromOffset) {
        Shelf before = shelf.getAndUpdate(now -> now.lend(fromOffset));
        if (before.free.isEmpty()) {
            shortages.increment();
            environment.probe().event(ProbePoint.BUFFER_NONE);
            sayThatAllAreLent();
            return Optional.empty();
        }
        int left = before.free.size() - 1;
        environment.probe().event(ProbePoint.BUFFER_BORROWED, left);
        if (left < buffers * FREE_WARNING_RATIO) {
            LOG.log(Level.DEBUG, "transient store pool: {0} of {1} buffers free", left, buffers);
        }
        return Optional.of(before.free.getFirst());
    }

    private void sayThatAllAreLent() {
        long times = allLent.due();
        if (times > 0) {
            LOG.log(Level.WARNING,
                    "transient store pool: all {0} buffers are lent; files that went without one since this was last said: {1}",
                    buffers, times);
        }
    }

    /// The pair of [#borrow]. What comes back after the pool was closed is gone already.
    public void giveBack(MemorySegment buffer) {
        if (!buffer.scope().isAlive()) {
            return;
        }
        Shelf now = shelf.updateAndGet(before -> before.takeBack(buffer));
        environment.probe().event(ProbePoint.BUFFER_RETURNED, now.free.size());
    }

    /// Buffers not lent.
    public int freeBuffers() {
        return shelf.get().free.size();
    }

    /// Free and lent of one moment. Lent are the buffers of files in use, of the file prepared for the next roll, and of
    /// one that was taken and is not in the row yet.
    public PoolSnapshot snapshot() {
        Shelf now = shelf.get();
        return new PoolSnapshot(state, buffers, now.free.size(), bufferBytes, memoryLock.locked(), memoryLock.reason(),
                now.lentTo());
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
        shelf.set(Shelf.EMPTY);
        for (StoreMemory.Block block : all) {
            environment.memory().unlock(block.segment());
            block.close();
        }
        all.clear();
    }

    /// Where each buffer is. Immutable.
    ///
    /// @param free the one that came back last first: its pages are the likeliest to be in the processor's cache
    private record Shelf(List<MemorySegment> free, List<Loan> lent) {
        private static final Shelf EMPTY = new Shelf(List.of(), List.of());

        /// The same when none is free.
        Shelf lend(long fromOffset) {
            if (free.isEmpty()) {
                return this;
            }
            return new Shelf(free.stream().skip(1).toList(),
                    Stream.concat(lent.stream(), Stream.of(new Loan(fromOffset, free.getFirst()))).toList());
        }

        /// The same when it is not lent.
        Shelf takeBack(MemorySegment buffer) {
            List<Loan> rest = lent.stream().filter(loan -> !loan.buffer.equals(buffer)).toList();
            return rest.size() == lent.size()
                    ? this
                    : new Shelf(Stream.concat(Stream.of(buffer), free.stream()).toList(), rest);
        }

        List<Long> lentTo() {
            return lent.stream().map(Loan::fromOffset).sorted().toList();
        }
    }

    /// Which file has which buffer.
    private record Loan(long fromOffset, MemorySegment buffer) {
    }
}
