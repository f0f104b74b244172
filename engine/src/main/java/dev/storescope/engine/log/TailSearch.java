package dev.storescope.engine.log;

import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.Pages;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/// Looks for sound records behind a bad one, where nothing says any more where a record begins.
///
/// Threads: one.
public final class TailSearch {
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[Pages.BYTES]).asReadOnly();
    private static final System.Logger LOG = System.getLogger(TailSearch.class.getName());
    /// Of so many pages that are zero the file system is asked once where the next other one is.
    private static final int PAGES_PER_QUESTION = 256;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final CrcCheck crcCheck;
    private final LongPredicate wantedTimestamp;

    /// @param wantedTimestamp of records that are looked for, by their store time
    public TailSearch(CrcCheck crcCheck, LongPredicate wantedTimestamp) {
        this.crcCheck = crcCheck;
        this.wantedTimestamp = wantedTimestamp;
    }

    /// Offset of the first sound record at or behind `position` that is wanted.
    public OptionalLong lookFrom(MappedFile file, long position) {
        MemorySegment bytes = file.mapping();
        RecordScanner scanner = new RecordScanner(bytes, file.fromOffset(), file.sizeBytes(), crcCheck);
        long last = file.sizeBytes() - MessageLayout.MIN_BYTES;
        long at = position;
        while (at <= last) {
            if (at % Pages.BYTES == 0) {
                at = skipZeroPages(file, at);
            }
            if (at <= last && looksLikeRecord(bytes, at)
                    && scanner.seek(at).next() == Found.RECORD
                    && wantedTimestamp.test(scanner.storeTimestamp())) {
                return OptionalLong.of(file.fromOffset() + at);
            }
            at++;
        }
        return OptionalLong.empty();
    }

    /// Offset of the blank that ends the file, at or behind `position`.
    public static OptionalLong blankFrom(MappedFile file, long position) {
        MemorySegment bytes = file.mapping();
        for (long at = position; at <= file.sizeBytes() - MessageLayout.BLANK_BYTES; at++) {
            if (bytes.get(INT, at + MessageLayout.MAGIC) == MessageLayout.MAGIC_BLANK
                    && bytes.get(INT, at + MessageLayout.SIZE) == file.sizeBytes() - at) {
                return OptionalLong.of(file.fromOffset() + at);
            }
        }
        return OptionalLong.empty();
    }

    private static boolean looksLikeRecord(MemorySegment bytes, long at) {
        int magic = bytes.get(INT, at + MessageLayout.MAGIC);
        return magic == MessageLayout.MAGIC_V1 || magic == MessageLayout.MAGIC_V2;
    }

    /// Goes over pages that are all zero from `at`, which begins a page, and a little back from the first other one: a
    /// record that begins in a zero page has at most the zeros of its size there, as no byte of its magic is zero.
    private static long skipZeroPages(MappedFile file, long at) {
        MemorySegment bytes = file.mapping();
        long position = at;
        int pages = 0;
        while (position + Pages.BYTES <= bytes.byteSize() && isZero(bytes, position, Pages.BYTES)) {
            position += Pages.BYTES;
            if (pages++ % PAGES_PER_QUESTION == 0) {
                // Pages that were never written would be made in memory, only to be found zero.
                long data = nextData(file, position);
                position = Math.max(position, data - data % Pages.BYTES);
            }
        }
        return position == at ? at : Math.max(at + 1, position - MessageLayout.MAGIC);
    }

    private static long nextData(MappedFile file, long position) {
        try {
            return file.diskFile().nextData(position);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, file.diskFile().path() + ": nobody can tell which parts were written", e);
            return position;
        }
    }

    /// The last position at or behind `from` that holds another byte than 0; `from` - 1 when there is none.
    public static long lastNonZero(MappedFile file, long from) throws IOException {
        long last = from - 1;
        long data = file.diskFile().nextData(from);
        while (data < file.sizeBytes()) {
            long hole = Math.max(data + 1, file.diskFile().nextHole(data));
            last = Math.max(last, lastNonZero(file.mapping().asSlice(0, hole), data));
            data = file.diskFile().nextData(hole);
        }
        return last;
    }

    /// Likewise in the bytes of a file; [Long#MIN_VALUE] when there is none.
    private static long lastNonZero(MemorySegment bytes, long from) {
        long end = bytes.byteSize();
        while (end > from) {
            long start = Math.max(from, end - Pages.BYTES);
            if (!isZero(bytes, start, end - start)) {
                for (long at = end - 1; at >= start; at--) {
                    if (bytes.get(ValueLayout.JAVA_BYTE, at) != 0) {
                        return at;
                    }
                }
            }
            end = start;
        }
        return Long.MIN_VALUE;
    }

    private static boolean isZero(MemorySegment bytes, long position, long sizeBytes) {
        return MemorySegment.mismatch(bytes, position, position + sizeBytes, ZEROS, 0, sizeBytes) < 0;
    }
}
