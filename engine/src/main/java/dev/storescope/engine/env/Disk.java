package dev.storescope.engine.env;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A file system, as far as a store needs one. [FileDisk] is the real one.
///
/// Errors are [IOException]s whose message names the file; a full disk is a [DiskFullException].
///
/// Threads: any.
public interface Disk {
    /// Names of the entries of a directory in no particular order; empty when there is no such directory.
    List<Entry> list(Path directory) throws IOException;

    boolean exists(Path path);

    /// The size of a file, or nothing when there is none.
    Optional<Long> size(Path file) throws IOException;

    /// Makes a directory and those above it that are missing; they survive a power failure from then on.
    void createDirectories(Path directory) throws IOException;

    /// Likewise, but each survives a power failure only when the directory above it was forced.
    default void makeDirectories(Path directory) throws IOException {
        createDirectories(directory);
    }

    /// Makes a new file that is `sizeBytes` long and reads as zeros, with its space reserved where the file system can
    /// do that, so that a full disk shows here and not as a fault in mapped memory. Fails when the file exists. The
    /// length survives a power failure as soon as the entry of the directory does.
    DiskFile create(Path file, long sizeBytes) throws IOException;

    /// Likewise, and takes room only for what is written into it, where the file system can do that: for files that are
    /// mostly empty and can be made again. A full disk may show as a fault in mapped memory. The length survives a power
    /// failure when the file was forced.
    default DiskFile createSparse(Path file, long sizeBytes) throws IOException {
        return create(file, sizeBytes);
    }

    /// Opens an existing file for reading and writing.
    DiskFile open(Path file) throws IOException;

    /// Opens an existing file for reading; writing or mapping it for writing fails.
    DiskFile openReadOnly(Path file) throws IOException;

    /// A small file as a whole.
    byte[] readAll(Path file) throws IOException;

    /// Replaces a small file as a whole, or makes it: a reader sees the old content or the new, never a mixture. Not
    /// forced.
    void writeAll(Path file, byte[] content) throws IOException;

    /// Makes the entries of a directory (new, renamed, deleted files) durable; does nothing where that cannot be asked.
    void forceDirectory(Path directory) throws IOException;

    /// @return false when there was no such file
    boolean delete(Path file) throws IOException;

    /// Replaces what stands at `to`.
    void rename(Path from, Path to) throws IOException;

    /// Takes an exclusive lock on byte 0 of a file (the range that RocketMQ locks), which is made when missing; nothing
    /// when another process (or another store of this one) has it. The text `lock` is written into it as RocketMQ does.
    Optional<DiskLock> tryLock(Path file) throws IOException;

    Space space(Path path) throws IOException;

    /// An entry of a directory.
    ///
    /// @param sizeBytes 0 for a directory
    record Entry(String name, boolean directory, long sizeBytes) {
    }

    /// How much room there is.
    ///
    /// @param totalBytes of the disk
    /// @param usedBytes by all that is on it
    /// @param usableBytes that may still be taken; with the used ones less than the total where a part is kept back, or a
    ///     quota holds
    record Space(long totalBytes, long usedBytes, long usableBytes) {
        /// 0 to 1: what is used of all that may be (RocketMQ's and `df`'s figure).
        public double usedRatio() {
            long mayBeUsed = usedBytes + usableBytes;
            return mayBeUsed == 0 ? 0 : (double) usedBytes / mayBeUsed;
        }
    }

    /// An exclusive lock that is held until closed.
    interface DiskLock extends AutoCloseable {
        @Override
        void close();
    }
}
