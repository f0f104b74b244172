package dev.storescope.engine.log;

import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.file.Pages;
import dev.storescope.engine.file.WrittenPart;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/// Looks for sound records behind a bad one, where nothing says any more where a record begins.
///
/// Threads: one.
public final class TailSearch {
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[Pages.BYTES]).asReadOnly();
    /// Read from the disk in one go; no system reads less at a time.
    private static final long PIECE_BYTES = 128L << 10;
    private static final System.Logger LOG = System.getLogger(TailSearch.class.getName());
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
        return lookFrom(file, position, writtenFrom(file, position));
    }

    /// Likewise, when it is known which parts from there on were ever written.
    public OptionalLong lookFrom(MappedFile file, long position, List<WrittenPart> written) {
        RecordScanner scanner = new RecordScanner(file.mapping(), file.fromOffset(), file.sizeBytes(), crcCheck);
        OptionalLong found = OptionalLong.empty();
        for (WrittenPart part : written) {
            if (found.isEmpty()) {
                found = lookIn(part, Math.max(position, part.from() - MessageLayout.MAGIC), file, scanner);
            }
        }
        return found;
    }

    /// @param from a little before the part: a record may begin there with the zeros of its size, as no byte of its magic is
    ///     zero
    private OptionalLong lookIn(WrittenPart part, long from, MappedFile file, RecordScanner scanner) {
        MemorySegment bytes = file.mapping();
        long last = Math.min(file.sizeBytes() - MessageLayout.MIN_BYTES, part.to() - MessageLayout.BLANK_BYTES);
        long at = from;
        while (at <= last) {
            if (at % Pages.BYTES == 0) {
                at = skipZeroPages(bytes, at, part.to());
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

    private static List<WrittenPart> writtenFrom(MappedFile file, long position) {
        try {
            return file.writtenFrom(position);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, file.diskFile().path() + ": nobody can tell which parts were written", e);
            return List.of(new WrittenPart(position, file.sizeBytes()));
        }
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
    private static long skipZeroPages(MemorySegment bytes, long at, long end) {
        long position = at;
        while (position + Pages.BYTES <= end && isZero(bytes, position, Pages.BYTES)) {
            position += Pages.BYTES;
        }
        return position == at ? at : Math.max(at + 1, position - MessageLayout.MAGIC);
    }

    /// The last position at or behind `from` that holds another byte than 0; `from` - 1 when there is none.
    public static long lastNonZero(MappedFile file, long from) throws IOException {
        return lastNonZero(file, from, file.writtenFrom(from));
    }

    /// Likewise, when it is known which parts from there on were ever written.
    public static long lastNonZero(MappedFile file, long from, List<WrittenPart> written) {
        long last = from - 1;
        for (WrittenPart part : written) {
            last = Math.max(last, lastNonZero(file, Math.max(from, part.from()), part.to()));
        }
        return last;
    }

    /// Likewise up to `to`; [Long#MIN_VALUE] when there is none. Where the last page is zero many may be, which were made
    /// ahead of the log: they are brought by the piece, as a system that reads nothing ahead would bring one at a time.
    private static long lastNonZero(MappedFile file, long from, long to) {
        MemorySegment bytes = file.mapping();
        long brought = to;
        long end = to;
        while (end > from) {
            long start = Math.max(from, end - Pages.BYTES);
            if (end < to && start < brought) {
                brought = Math.max(from, end - PIECE_BYTES);
                file.adviseWillNeed(brought, end - brought);
            }
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
