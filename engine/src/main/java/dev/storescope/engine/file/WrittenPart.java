package dev.storescope.engine.file;

import dev.storescope.engine.env.DiskFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A part of a file that was ever written; what lies between two is zero, and best left untouched: a page that is read
/// there is made in memory, with many behind it, and the file system then counts all of them as written.
///
/// @param from bytes from the start of the file
/// @param to behind the last byte
public record WrittenPart(long from, long to) {
    /// All of a file from `position` on, ascending and with something between each two. They are asked for before any of them
    /// is touched, or reading one would make the next longer, to the end of the file.
    ///
    /// @return one to the end where nobody can tell
    public static List<WrittenPart> from(long position, DiskFile file, long sizeBytes) throws IOException {
        List<WrittenPart> parts = new ArrayList<>();
        long data = file.nextData(position);
        while (data < sizeBytes) {
            long hole = Math.max(data + 1, file.nextHole(data));
            boolean goesOn = !parts.isEmpty() && parts.getLast().to == data;
            long from = goesOn ? parts.removeLast().from : data;
            parts.add(new WrittenPart(from, Math.min(hole, sizeBytes)));
            data = file.nextData(hole);
        }
        return parts;
    }
}
