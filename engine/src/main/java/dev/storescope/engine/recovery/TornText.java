package dev.storescope.engine.recovery;

import dev.storescope.engine.file.MappedFile;
import dev.storescope.engine.log.RecordScanner;
import dev.storescope.engine.log.RecordScanner.CrcCheck;
import dev.storescope.engine.log.RecordScanner.Found;
import dev.storescope.engine.log.text.PropertiesText;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Tells a record whose topic or properties never came to the disk as a whole.
///
/// The CRC of a record covers its body. What stands behind that may be missing and all lengths still add up: when the
/// pages up to the properties were written back and the next one was not, or the process died while it copied. What
/// is missing reads as zeros, which no text ends with or has a whole sector of: [PropertiesText] sees to it.
public final class TornText {
    static final String FAULT = "topic and properties: expected text, found zeros";

    private TornText() {
    }

    /// @param scanner stands at a record that is sound otherwise
    public static boolean isIn(RecordScanner scanner, MemorySegment file) {
        if (scanner.topic().indexOf('\0') >= 0) {
            return true;
        }
        long end = scanner.position() + scanner.sizeBytes();
        long start = scanner.propertiesPosition();
        if (start == end) {
            return false;
        }
        if (file.get(ValueLayout.JAVA_BYTE, end - 1) == 0) {
            return true;
        }
        for (long from = start; from < end; from = nextSector(from)) {
            if (isZero(file, from, Math.min(end, nextSector(from)))) {
                return true;
            }
        }
        return false;
    }

    /// Whether zeros that begin a bad place begin in the text of the record in front of it already.
    ///
    /// @param recordOffset where the last sound record begins, which may be anywhere
    /// @param badOffset in `file`
    static boolean reachesBackTo(long recordOffset, long badOffset, MappedFile file) {
        if (recordOffset < file.fromOffset() || recordOffset >= badOffset) {
            return false;
        }
        RecordScanner scanner = new RecordScanner(file.mapping(), file.fromOffset(), file.sizeBytes(), CrcCheck.SKIP)
                .seek(recordOffset - file.fromOffset());
        return scanner.next() == Found.RECORD && recordOffset + scanner.sizeBytes() == badOffset
                && isIn(scanner, file.mapping());
    }

    private static long nextSector(long position) {
        return (position / PropertiesText.SECTOR_BYTES + 1) * PropertiesText.SECTOR_BYTES;
    }

    private static boolean isZero(MemorySegment file, long from, long to) {
        for (long at = from; at < to; at++) {
            if (file.get(ValueLayout.JAVA_BYTE, at) != 0) {
                return false;
            }
        }
        return true;
    }
}
