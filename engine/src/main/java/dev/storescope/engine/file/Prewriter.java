package dev.storescope.engine.file;

import java.io.IOException;

/// Under sync flush, writes the pages that the log will come to next once before it does.
///
/// The blocks of a new file are reserved, not written. The first force that covers one also has the file system note that
/// it is used now, and its page is made when a producer needs it. Measured on ext4 (no journal) on a virtual disk, 2 CPUs,
/// medians: forces of 1 / 16 / 64 records of 1.2 KB ran 2.0 / 3.1 / 1.4 times as often on pages written ahead. The price:
/// under sync flush each byte of the log is written to disk twice.
///
/// Large forces gain nothing by it and pay for it: a page written ahead takes 5 µs of a processor. With 256 puts under way in one
/// thread (forces of 180 KiB) 284,000 puts a second ran without it where 233,000 ran with it, with 256 virtual threads (75
/// KiB) 162,000 and 135,000; with 64 threads (40 KiB) it made no difference (one comparison each, on a machine with other work to do).
///
/// By touching each page alone, not by a write of zeros: that leaves pages which the system treats in large pieces, and then
/// each put and each force has to do with the whole piece (1.2 to 2.6 times slower than this).
///
/// Threads: as [AheadOfLog].
final class Prewriter extends AheadOfLog {
    /// Some looks long at the fastest rate of a sync store.
    private static final long LEAD_BYTES = 32L << 20;
    /// Short enough that a file that is asked for meanwhile does not wait long.
    private static final long STEP_BYTES = 4L << 20;
    /// Of a force of the log. Where they are larger, nothing is written ahead.
    private static final long LARGE_FORCE_BYTES = 64L << 10;
    /// While the log grows.
    private static final long LOOK_NS = 50_000_000L;

    private boolean grew;
    /// Of the file that was forced last.
    private long typicalForceBytes;

    @Override
    void look(long grownBytes) {
        grew = grownBytes > 0;
    }

    @Override
    boolean step(Ahead ahead) throws IOException {
        MappedFile file = ahead.file;
        long forceBytes = file.typicalFlushBytes();
        if (forceBytes > 0) {
            typicalForceBytes = forceBytes;
        }
        // Where the log was faster, its own forces have written.
        long from = ahead.next(Pages.BYTES);
        long to = Math.min(from + STEP_BYTES, file.sizeBytes());
        if (from >= to || to > file.wrotePosition() + LEAD_BYTES || typicalForceBytes >= LARGE_FORCE_BYTES) {
            return false;
        }
        if (!file.prewrite(from, to - from)) {
            turnOff();
            return false;
        }
        ahead.position = to;
        return true;
    }

    @Override
    long nextLookWhileOnNs() {
        return grew ? LOOK_NS : Long.MAX_VALUE;
    }
}
