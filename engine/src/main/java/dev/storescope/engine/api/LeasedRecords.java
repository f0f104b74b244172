package dev.storescope.engine.api;

import java.lang.foreign.MemorySegment;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

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

    private final List<LeasedFile> files = new ArrayList<>(1);
    /// Position in the file and size, both below 2 GiB, as upper and lower half.
    private long[] places = NOTHING_YET;
    private int count;

    /// A file and the first of its records.
    ///
    /// @param bytes of the whole file, read-only
    private record LeasedFile(long fromOffset, MemorySegment bytes, Runnable release, int firstIndex) {
    }

    /// Records added from now on lie in this file.
    ///
    /// @param fromOffset of its first byte, from the start of the file row
    /// @param bytes of the whole file, read-only
    /// @param release gives the lease back
    public void goOnIn(long fromOffset, MemorySegment bytes, Runnable release) {
        files.add(new LeasedFile(fromOffset, bytes, release, count));
    }

    /// Adds a record of the file that was named last.
    ///
    /// @param position of its first byte in the file
    public void add(long position, int sizeBytes) {
        if (count == places.length) {
            places = Arrays.copyOf(places, Math.max(LIKELY_RECORDS, 2 * count));
        }
        places[count] = position << Integer.SIZE | sizeBytes;
        count++;
    }

    @Override
    public int size() {
        return count;
    }

    /// One of them. It needs no close of its own, and is readable until this is closed.
    @Override
    public SelectMappedBufferResult get(int index) {
        long position = position(index);
        LeasedFile file = file(index);
        return new SelectMappedBufferResult(file.fromOffset + position,
                file.bytes.asSlice(position, sizeBytes(index)), NOTHING_TO_RELEASE);
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
        return places[index];
    }

    private LeasedFile file(int index) {
        if (files.isEmpty()) {
            throw new IllegalStateException("expected records that are open, found that they are closed");
        }
        int at = files.size() - 1;
        while (files.get(at).firstIndex > index) {
            at--;
        }
        return files.get(at);
    }

    /// Gives the leases back; may be called more than once. The records still can be counted then, not read.
    @Override
    public void close() {
        for (int i = 0; i < files.size(); i++) {
            files.get(i).release.run();
        }
        files.clear();
    }
}
