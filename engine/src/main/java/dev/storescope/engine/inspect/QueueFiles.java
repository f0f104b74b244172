package dev.storescope.engine.inspect;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// The files of one queue, read only: entries of 20 bytes, big-endian (`format.md` §6).
///
///      0               8           12              20
///      +---------------+-----------+---------------+
///      | commit offset | size      | tags code     |
///      +---------------+-----------+---------------+
///
/// Threads: one.
public final class QueueFiles {
    public static final int ENTRY_BYTES = 20;
    private static final int SIZE = 8;
    private static final int TAGS_CODE = 12;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MappedFiles mapped;
    private final String directory;
    private final NavigableMap<Long, QueueFile> files = new TreeMap<>();

    /// @param directory path below the store's directory
    public QueueFiles(MappedFiles mapped, String directory) {
        this.mapped = mapped;
        this.directory = directory;
    }

    /// A file of a queue.
    ///
    /// @param fromPosition of its first byte, from the start of the queue
    public record QueueFile(Path path, long fromPosition, long sizeBytes) {
    }

    /// An entry.
    public record Entry(long commitLogOffset, int sizeBytes, long tagsCode) {
        /// What fills the queue's first file up to the first entry, when the log does not begin at 0.
        public static final Entry PRE_BLANK = new Entry(0, Integer.MAX_VALUE, 0);

        public boolean isZero() {
            return commitLogOffset == 0 && sizeBytes == 0 && tagsCode == 0;
        }

        @Override
        public String toString() {
            return isZero()
                    ? "zeros"
                    : "offset %d, size %d, tags code %d".formatted(commitLogOffset, sizeBytes, tagsCode);
        }
    }

    public void add(QueueFile file) {
        files.put(file.fromPosition(), file);
    }

    public Iterable<QueueFile> files() {
        return files.values();
    }

    public boolean isEmpty() {
        return files.isEmpty();
    }

    public String directory() {
        return directory;
    }

    public String nameOf(QueueFile file) {
        return directory + "/" + file.path().getFileName();
    }

    /// The file that holds an entry.
    public Optional<QueueFile> fileOf(long queueOffset) {
        if (queueOffset < 0 || queueOffset > Long.MAX_VALUE / ENTRY_BYTES - 1) {
            return Optional.empty();
        }
        long position = queueOffset * ENTRY_BYTES;
        Map.Entry<Long, QueueFile> file = files.floorEntry(position);
        return file != null && position - file.getKey() <= file.getValue().sizeBytes() - ENTRY_BYTES
                ? Optional.of(file.getValue())
                : Optional.empty();
    }

    /// The position of the first entry from `position` on that is not all zeros; the length of the file when there is
    /// none.
    public long nextWritten(QueueFile file, long position) throws IOException {
        MemorySegment bytes = mapped.map(file.path());
        long end = Math.min(file.sizeBytes(), bytes.byteSize());
        OptionalLong found = Zeros.firstOther(bytes, Math.min(position, end), end);
        return found.isPresent() ? found.getAsLong() - found.getAsLong() % ENTRY_BYTES : file.sizeBytes();
    }

    /// The entry at a position of a file; zeros where the file has become shorter.
    public Entry entry(QueueFile file, long position) throws IOException {
        MemorySegment bytes = mapped.map(file.path());
        if (position + ENTRY_BYTES > bytes.byteSize()) {
            return new Entry(0, 0, 0);
        }
        return new Entry(bytes.get(LONG, position), bytes.get(INT, position + SIZE),
                bytes.get(LONG, position + TAGS_CODE));
    }
}
