package dev.storescope.engine.file;

import dev.storescope.engine.api.SelectMappedBufferResult;
import dev.storescope.engine.env.DiskFile;
import dev.storescope.engine.env.StoreMemory;
import dev.storescope.engine.env.StoreMemory.MemoryLock;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// One fixed-size file of a row, mapped into memory.
///
/// Positions are bytes from the start of this file; offsets are bytes from the start of the row. Always
/// `flushed <= committed <= wrote <= size`. Without a write buffer committed is wrote: the mapping is the page cache.
///
/// Threads: one appender (holds the put lock), one committer, one flusher, any number of readers.
public final class MappedFile {
    private static final System.Logger LOG = System.getLogger(MappedFile.class.getName());
    /// Enough to even out single ones, few enough to follow a load that changes.
    private static final int FLUSHES_REMEMBERED = 8;
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[Pages.BYTES]).asReadOnly();
    private static final VarHandle WROTE;
    private static final VarHandle MESSAGES;

    static {
        try {
            WROTE = MethodHandles.lookup().findVarHandle(MappedFile.class, "wrotePosition", long.class);
            MESSAGES = MethodHandles.lookup().findVarHandle(MappedFile.class, "messages", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final DiskFile diskFile;
    private final MemorySegment mapping;
    /// What every lease has of this file, made once.
    private final MemorySegment readOnly;
    private final Runnable release = this::release;
    private final Optional<MappedFile> present = Optional.of(this);
    private final long fromOffset;
    private final long sizeBytes;
    private final StoreMemory memory;
    private final Optional<TransientStorePool> pool;
    /// Starts at 1, the row's own; the file is closed when it reaches 0.
    private final AtomicInteger references = new AtomicInteger(1);
    /// Whether the row has given its reference up: new readers come too late.
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean unmapped = new AtomicBoolean();

    // Written by the appender with release, read by anybody with acquire.
    private long wrotePosition;
    // Written by the committer, read by anybody.
    private volatile long committedPosition;
    // Written by the flusher, read by anybody.
    private volatile long flushedPosition;
    // Likewise.
    private volatile long typicalFlushBytes;
    // Set before the file is appended to, dropped by the committer when all is committed; read by anybody.
    private volatile MemorySegment writeBuffer;
    // Written by the appender or the recovery, read by whoever takes a snapshot.
    private volatile long blankPosition = -1;
    // Like `wrotePosition`; a reader may see it a moment late.
    private long messages;
    // Those before the ones that are counted, -1 for not known: written by who opens the store, and by who proves the log
    // later; read by whoever takes a snapshot.
    private volatile long earlierMessages;
    // Written by the allocator and by the put that finished the file, read by whoever takes a snapshot.
    private volatile boolean memoryLocked;

    /// A file that is written through its mapping only.
    ///
    /// @param diskFile of its final size; closed by this file
    /// @param fromOffset of its first byte
    public MappedFile(DiskFile diskFile, long fromOffset, StoreMemory memory) throws IOException {
        this(diskFile, fromOffset, memory, Optional.empty());
    }

    /// @param pool may give it a write buffer
    MappedFile(DiskFile diskFile, long fromOffset, StoreMemory memory, Optional<TransientStorePool> pool)
            throws IOException {
        this.diskFile = diskFile;
        this.mapping = diskFile.map();
        this.readOnly = mapping.asReadOnly();
        this.fromOffset = fromOffset;
        this.sizeBytes = mapping.byteSize();
        this.memory = memory;
        this.pool = pool;
    }

    /// Appends go to a buffer of the pool from now on; to the mapping where the pool has none left, as in RocketMQ.
    public void borrowWriteBuffer() {
        writeBuffer = pool.flatMap(it -> it.borrow(fromOffset)).orElse(null);
    }

    /// Itself, as an answer that is there already.
    Optional<MappedFile> present() {
        return present;
    }

    public DiskFile diskFile() {
        return diskFile;
    }

    public String name() {
        return diskFile.path().getFileName().toString();
    }

    public long fromOffset() {
        return fromOffset;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    public long endOffset() {
        return fromOffset + sizeBytes;
    }

    public long wrotePosition() {
        return (long) WROTE.getAcquire(this);
    }

    public long committedPosition() {
        return writeBuffer == null ? wrotePosition() : committedPosition;
    }

    public long flushedPosition() {
        return flushedPosition;
    }

    /// Up to where readers may read: what is in the page cache.
    public long readablePosition() {
        return committedPosition();
    }

    public boolean isFull() {
        return wrotePosition() == sizeBytes;
    }

    public boolean hasWriteBuffer() {
        return writeBuffer != null;
    }

    public boolean isMemoryLocked() {
        return memoryLocked;
    }

    public long blankPosition() {
        return blankPosition;
    }

    /// -1 when that is not known.
    public long messages() {
        long earlier = earlierMessages;
        return earlier < 0 ? -1 : earlier + (long) MESSAGES.getOpaque(this);
    }

    /// Sets how many messages stand before those that have been counted.
    ///
    /// @param count -1 for not known
    public void earlierMessages(long count) {
        earlierMessages = count;
    }

    /// Sets where the blank of a full file was found.
    public void blankAt(long position) {
        blankPosition = position;
    }

    /// Where appends go. Only under the put lock.
    public MemorySegment appendTarget() {
        MemorySegment buffer = writeBuffer;
        return buffer == null ? mapping : buffer;
    }

    /// The page cache as readers see it.
    public MemorySegment mapping() {
        return mapping;
    }

    /// Likewise, for whoever must not write.
    public MemorySegment readOnly() {
        return readOnly;
    }

    /// What gives back one [#hold()]; the same for all.
    public Runnable lease() {
        return release;
    }

    /// Publishes what was put before `position`. Only under the put lock.
    public void advanceWrote(long position, int messageCount) {
        MESSAGES.setOpaque(this, messages + messageCount);
        WROTE.setRelease(this, position);
    }

    /// Publishes the blank that fills the file. Only under the put lock.
    public void advanceWroteToEnd() {
        blankPosition = wrotePosition();
        WROTE.setRelease(this, sizeBytes);
    }

    /// All three positions at once, for the recovery.
    ///
    /// @param messageCount -1 for not known
    public void resetPositions(long position, long blankAt, long messageCount) {
        WROTE.setRelease(this, position);
        committedPosition = position;
        flushedPosition = position;
        blankPosition = blankAt;
        earlierMessages = Math.min(0, messageCount);
        MESSAGES.setOpaque(this, Math.max(0, messageCount));
    }

    /// Makes all bytes from `position` on zero, and touches no page that is zero already: the file may be sparse.
    void zeroFrom(long position) throws IOException {
        for (WrittenPart part : writtenFrom(position)) {
            zero(part.from(), part.to());
        }
    }

    /// Makes all bytes from `position` on dirty once more, so that a force brings them to disk whatever the forces before did.
    /// What was never written stays so.
    public void writeAgain(long position) throws IOException {
        writeAgain(position, writtenFrom(position));
    }

    /// Likewise, when it is known which parts from there on were ever written.
    public void writeAgain(long position, List<WrittenPart> written) throws IOException {
        for (WrittenPart part : written) {
            long from = Math.max(position, part.from());
            diskFile.write(from, mapping, from, part.to() - from);
        }
    }

    /// What was ever written from `position` on.
    public List<WrittenPart> writtenFrom(long position) throws IOException {
        return WrittenPart.from(position, diskFile, sizeBytes);
    }

    private void zero(long from, long to) {
        long at = from;
        while (at < to) {
            long pageEnd = Math.min(to, (at / Pages.BYTES + 1) * Pages.BYTES);
            if (MemorySegment.mismatch(mapping, at, pageEnd, ZEROS, 0, pageEnd - at) >= 0) {
                mapping.asSlice(at, pageEnd - at).fill((byte) 0);
            }
            at = pageEnd;
        }
    }

    /// Writes the buffer's bytes up to `limit` to the file: into the page cache. A failure moves nothing.
    ///
    /// @param limit at most wrote
    /// @return bytes written
    public long commit(long limit) throws IOException {
        MemorySegment buffer = writeBuffer;
        if (buffer == null) {
            return 0;
        }
        long from = committedPosition;
        if (limit > from) {
            diskFile.write(from, buffer, from, limit - from);
            committedPosition = limit;
        }
        if (limit == sizeBytes) {
            // Nobody appends to a full file, and readers use the mapping: the buffer has no user left.
            writeBuffer = null;
            pool.ifPresent(it -> it.giveBack(buffer));
        }
        return limit - from;
    }

    /// Whether a flush up to `limit` is due: the file is full, or at least `leastPages` are dirty (0: any byte).
    public boolean isFlushDue(long limit, long leastPages) {
        return isDue(flushedPosition, limit, leastPages);
    }

    /// Likewise for a commit.
    public boolean isCommitDue(long limit, long leastPages) {
        return isDue(committedPosition(), limit, leastPages);
    }

    private boolean isDue(long done, long limit, long leastPages) {
        if (limit <= done) {
            return false;
        }
        return limit == sizeBytes || leastPages == 0 || Pages.between(done, limit) >= leastPages;
    }

    /// Forces what is not yet forced up to `limit`. A failure moves nothing, and must not be tried again.
    ///
    /// @param limit at most committed
    /// @return bytes forced
    public long flush(long limit) throws IOException {
        long from = flushedPosition;
        if (limit <= from) {
            return 0;
        }
        diskFile.force(from, limit - from);
        flushedPosition = limit;
        typicalFlushBytes += (limit - from - typicalFlushBytes) / FLUSHES_REMEMBERED;
        return limit - from;
    }

    /// How much the last flushes forced, on average; 0 when there was none. May be read by any thread.
    long typicalFlushBytes() {
        return typicalFlushBytes;
    }

    /// Writes pages ahead of time, see [DiskFile#prewrite].
    boolean prewrite(long position, long bytes) throws IOException {
        return diskFile.prewrite(position, bytes);
    }

    /// Whether the system can make pages ahead of time.
    boolean canPopulate() {
        return diskFile.canPopulate();
    }

    /// Has it make them, see [DiskFile#populate].
    void populate(long position, long bytes) {
        diskFile.populate(position, bytes);
    }

    /// Where, from `position` on, a part begins that was never written; the size when there is none.
    long firstHole(long position) throws IOException {
        return diskFile.nextHole(position);
    }

    /// Tells the system that these bytes will be read soon.
    public void adviseWillNeed(long position, long bytes) {
        memory.adviseWillNeed(mapping.asSlice(position, bytes));
    }

    /// Touches every page so that no append meets a page fault, and locks the memory (RocketMQ `warmMappedFile`).
    ///
    /// @param forceEveryBytes while warming, force this often; 0 for never
    public MemoryLock warm(long forceEveryBytes) throws IOException {
        long unforced = 0;
        for (long position = 0; position < sizeBytes; position += Pages.BYTES) {
            mapping.set(ValueLayout.JAVA_BYTE, position, (byte) 0);
            unforced += Pages.BYTES;
            if (forceEveryBytes > 0 && unforced >= forceEveryBytes) {
                diskFile.force(position + Pages.BYTES - unforced, unforced);
                unforced = 0;
            }
        }
        MemoryLock lock = memory.lock(mapping);
        memoryLocked = lock.locked();
        memory.adviseWillNeed(mapping);
        return lock;
    }

    /// The pair of the lock that [#warm] took (RocketMQ thread 6209: pages never unlocked).
    public void unlockMemory() {
        if (memoryLocked) {
            memory.unlock(mapping);
            memoryLocked = false;
        }
    }

    /// A lease on the readable bytes from `position` on, at most `maxBytes`; nothing when there are none.
    public Optional<SelectMappedBufferResult> select(long position, long maxBytes) {
        long readable = readablePosition();
        if (position < 0 || position >= readable || !hold()) {
            return Optional.empty();
        }
        long bytes = Math.min(maxBytes, readable - position);
        return Optional.of(new SelectMappedBufferResult(fromOffset + position,
                readOnly.asSlice(position, bytes), release));
    }

    /// Keeps the file mapped; the pair of [#release()].
    ///
    /// @return false when it is closed already
    public boolean hold() {
        int count = references.get();
        while (count > 0 && !closed.get()) {
            if (references.compareAndSet(count, count + 1)) {
                return true;
            }
            count = references.get();
        }
        return false;
    }

    public void release() {
        if (references.decrementAndGet() == 0) {
            try {
                unmap();
            } catch (IllegalStateException e) {
                LOG.log(Level.WARNING, diskFile.path() + ": in use by the system; its memory stays for now", e);
            }
        }
    }

    /// Gives up the row's own reference: the file is unmapped as soon as its last reader is gone. May be called more
    /// than once.
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release();
        }
    }

    /// Closes, and takes the memory from readers that hold it still: each gets an [IllegalStateException] when it reads
    /// on. Never on the put path.
    ///
    /// @return false while the system itself works on the memory, so that it cannot be taken away now
    public boolean closeForcibly() {
        close();
        try {
            unmap();
        } catch (IllegalStateException e) {
            return false;
        }
        return isUnmapped();
    }

    /// Whether nobody can read it any more.
    public boolean isUnmapped() {
        return unmapped.get();
    }

    private void unmap() {
        if (!unmapped.compareAndSet(false, true)) {
            return;
        }
        unlockMemory();
        MemorySegment buffer = writeBuffer;
        if (buffer != null) {
            writeBuffer = null;
            pool.ifPresent(it -> it.giveBack(buffer));
        }
        try {
            diskFile.close();
        } catch (IllegalStateException e) {
            // A call of the system has the memory: whoever tries again may have more luck.
            unmapped.set(false);
            throw e;
        }
    }
}
