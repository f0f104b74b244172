package dev.storescope.engine.api;

import java.lang.foreign.MemorySegment;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicReference;

/// The records of one read, in the order of their queue. One lease for each file that holds some of them keeps it mapped;
/// a record is a position and a size, and an object only while somebody looks at it.
///
/// Threads: one fills it, then any may read it; [#close()] by one, once nobody reads.
public final class LeasedRecords extends AbstractList<SelectMappedBufferResult>
        implements RandomAccess, AutoCloseable {
    private static final int LIKELY_RECORDS = 32;
    private static final long[] NOTHING_YET = {};
    private static final Runnable NOTHING_TO_RELEASE = () -> {
    };
    private static final LeasedFile NO_FILE = new LeasedFile(0, MemorySegment.NULL, NOTHING_TO_RELEASE, 0);

    private final Places pool;
    /// Those before the one that was named last; most reads have none.
    private List<LeasedFile> earlierFiles = List.of();
    private LeasedFile file = NO_FILE;
    /// Position in the file and size, both below 2 GiB, as upper and lower half.
    private long[] places = NOTHING_YET;
    private int count;
    private long totalSizeBytes;

    /// A file and the first of its records.
    ///
    /// @param bytes of the whole file, read-only
    private record LeasedFile(long fromOffset, MemorySegment bytes, Runnable release, int firstIndex) {
    }

    /// What closed results leave for those to come: one array, as most readers read one result after the other.
    ///
    /// Threads: any.
    public static final class Places {
        private final AtomicReference<long[]> idle = new AtomicReference<>(NOTHING_YET);

        private long[] take(int least) {
            long[] left = idle.getAndSet(NOTHING_YET);
            return left.length >= least ? left : new long[least];
        }

        private void giveBack(long[] places) {
            idle.set(places);
        }
    }

    /// Without others to share anything with.
    public LeasedRecords() {
        this(new Places());
    }

    public LeasedRecords(Places pool) {
        this.pool = pool;
    }

    /// Records added from now on lie in this file.
    ///
    /// @param fromOffset of its first byte, from the start of the file row
    /// @param bytes of the whole file, read-only
    /// @param release gives the lease back
    public void goOnIn(long fromOffset, MemorySegment bytes, Runnable release) {
        if (file != NO_FILE) {
            if (earlierFiles.isEmpty()) {
                earlierFiles = new ArrayList<>(1);
            }
            earlierFiles.add(file);
        }
        file = new LeasedFile(fromOffset, bytes, release, count);
    }

    /// Adds a record of the file that was named last.
    ///
    /// @param position of its first byte in the file
    public void add(long position, int sizeBytes) {
        if (count == places.length) {
            places = count == 0 ? pool.take(LIKELY_RECORDS) : Arrays.copyOf(places, 2 * count);
        }
        places[count] = position << Integer.SIZE | sizeBytes;
        count++;
        totalSizeBytes += sizeBytes;
    }

    @Override
    public int size() {
        return count;
    }

    /// Of all records together; also when this is closed.
    public long totalSizeBytes() {
        return totalSizeBytes;
    }

    /// One of them. It needs no close of its own, and is readable until this is closed.
    @Override
    public SelectMappedBufferResult get(int index) {
        long position = position(index);
        LeasedFile holder = file(index);
        return new SelectMappedBufferResult(holder.fromOffset + position,
                holder.bytes.asSlice(position, sizeBytes(index)), NOTHING_TO_RELEASE);
    }

    /// The bytes of the whole file that holds a record, read-only: who reads many goes by its position and size, and needs no
    /// object for each.
    public MemorySegment fileBytes(int index) {
        return file(index).bytes;
    }

    /// Where a record begins in its file.
    public long position(int index) {
        return place(index) >>> Integer.SIZE;
    }

    public int sizeBytes(int index) {
        return (int) place(index);
    }

    private long place(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("expected 0 to %d, found %d".formatted(count - 1, index));
        }
        if (file == NO_FILE) {
            throw closed();
        }
        return places[index];
    }

    private LeasedFile file(int index) {
        if (file == NO_FILE) {
            throw closed();
        }
        if (file.firstIndex <= index) {
            return file;
        }
        int at = earlierFiles.size() - 1;
        while (earlierFiles.get(at).firstIndex > index) {
            at--;
        }
        return earlierFiles.get(at);
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("expected records that are open, found that they are closed");
    }

    /// Gives the leases back; may be called more than once. The records still can be counted then, not read.
    @Override
    public void close() {
        if (file == NO_FILE) {
            return;
        }
        for (int i = 0; i < earlierFiles.size(); i++) {
            earlierFiles.get(i).release.run();
        }
        file.release.run();
        file = NO_FILE;
        earlierFiles = List.of();
        long[] left = places;
        places = NOTHING_YET;
        if (left.length == LIKELY_RECORDS) {
            pool.giveBack(left);
        }
    }
}
