package dev.storescope.engine.env;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// An open file. Its mapping and its [#write] see the same page cache.
///
/// Threads: any; [#close()] must not race with other calls.
public interface DiskFile extends AutoCloseable {
    Path path();

    long size() throws IOException;

    /// Maps the whole file into memory; the second call gives the same mapping. Writable unless the file was opened
    /// read-only. Valid until [#close()]; an access after that throws [IllegalStateException].
    MemorySegment map() throws IOException;

    /// Writes `sizeBytes` bytes of `source`, beginning at `sourcePosition`, to `position` of the file: into the page
    /// cache, no further.
    void write(long position, MemorySegment source, long sourcePosition, long sizeBytes) throws IOException;

    /// Puts bytes that are to be forced at once into the page cache, in the way that makes the force cheapest; by default
    /// through the mapping.
    ///
    /// @param source direct; all of it up to its limit
    default void put(long position, ByteBuffer source) throws IOException {
        MemorySegment.copy(MemorySegment.ofBuffer(source.rewind()), 0, map(), position, source.limit());
    }

    /// Reads up to `sizeBytes` bytes at `position` into `target`.
    ///
    /// @return bytes read, less than asked for only at the end of the file
    int read(long position, MemorySegment target, long targetPosition, int sizeBytes) throws IOException;

    /// Returns when the bytes of the range are on disk, whether they came through the mapping or through [#write].
    /// After a failure nothing is known about them, and trying again proves nothing: the system may have dropped the
    /// dirty pages ("fsyncgate"). Both [IOException] and what the JDK throws unchecked come out as [IOException].
    void force(long position, long sizeBytes) throws IOException;

    void truncate(long sizeBytes) throws IOException;

    /// Writes the pages of a range of the mapping to disk as they are, ahead of time: what is put there later is forced
    /// faster, as the file system need not note then that blocks are used for the first time. Changes no byte, whoever
    /// puts there meanwhile; promises nothing, and takes no failure away from a [#force].
    ///
    /// @param position of a page
    /// @return false where nothing is gained by it
    default boolean prewrite(long position, long sizeBytes) throws IOException {
        return false;
    }

    /// Whether [#populate] does anything here. Asked once the file is mapped.
    default boolean canPopulate() {
        return false;
    }

    /// Makes the pages of a range of the mapping, ahead of time, as if each had been written to: what is put there later
    /// meets none that is missing. Changes no byte, whoever puts there meanwhile; a page that cannot be made, since there is
    /// no room or the disk fails, is left to whoever comes to it.
    ///
    /// @param position of a page
    default void populate(long position, long sizeBytes) {
        // it need not
    }

    /// Where the next byte may stand that is not zero: what lies between `position` and there was never written. Costs no
    /// reading, and little time. Where nobody can tell, `position` itself.
    ///
    /// @return the size when there is none
    default long nextData(long position) throws IOException {
        return Math.min(position, size());
    }

    /// Where the next part begins that was never written; takes time for each page in between that is in memory.
    ///
    /// @return the size when there is none
    default long nextHole(long position) throws IOException {
        return size();
    }

    /// Unmaps and closes.
    @Override
    void close();
}
