package dev.storescope.engine.file;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;

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
/// Threads: [#add] by any, the rest by the allocator.
final class Prewriter {
    private static final System.Logger LOG = System.getLogger(Prewriter.class.getName());
    /// Some looks long at the fastest rate of a sync store.
    private static final long LEAD_BYTES = 32L << 20;
    /// Short enough that a file that is asked for meanwhile does not wait long.
    private static final long STEP_BYTES = 4L << 20;
    /// Of a force of the log. Where they are larger, nothing is written ahead.
    private static final long LARGE_FORCE_BYTES = 64L << 10;
    /// While the log grows.
    private static final long LOOK_NS = 50_000_000L;

    /// Those that are appended to, or will be; in the order of the log.
    private final ConcurrentLinkedQueue<Ahead> files = new ConcurrentLinkedQueue<>();
    // Turned off by the allocator where nothing is gained, read by whoever adds.
    private volatile boolean on;
    private boolean grew;
    /// Of the file that was forced last.
    private long typicalForceBytes;

    private Prewriter(boolean on) {
        this.on = on;
    }

    /// Does nothing under async flush, whose forces no put waits for, nor where whole files are warmed.
    static Prewriter of(MessageStoreConfig config) {
        return new Prewriter(config.flushDiskType() == FlushDiskType.SYNC_FLUSH
                && !config.flag(StoreSetting.WARM_MAPED_FILE_ENABLE));
    }

    /// A file that the log goes on in, now or later.
    void add(MappedFile file) {
        if (on) {
            files.add(new Ahead(file));
        }
    }

    /// Writes some pages ahead where that is due.
    ///
    /// @return whether it was
    boolean step() {
        grew = false;
        boolean stepped = false;
        for (Iterator<Ahead> each = files.iterator(); !stepped && each.hasNext();) {
            Ahead ahead = each.next();
            if (!ahead.file.hold()) {
                each.remove();
                continue;
            }
            try {
                stepped = step(ahead);
                if (ahead.isDone()) {
                    each.remove();
                }
            } catch (IOException | RuntimeException | VirtualMachineError e) {
                // A fault in mapped memory comes as InternalError. The log's own forces will meet it, and tell.
                LOG.log(Level.WARNING, "allocator: cannot write ahead in " + ahead.file.name(), e);
                each.remove();
            } finally {
                ahead.file.release();
            }
        }
        return stepped;
    }

    private boolean step(Ahead ahead) throws IOException {
        MappedFile file = ahead.file;
        long wrote = file.wrotePosition();
        grew |= wrote > ahead.wroteBefore;
        ahead.wroteBefore = wrote;
        long forceBytes = file.typicalFlushBytes();
        if (forceBytes > 0) {
            typicalForceBytes = forceBytes;
        }
        // Where the log was faster, its own forces have written.
        long from = Math.max(ahead.position, (wrote + Pages.BYTES - 1) / Pages.BYTES * Pages.BYTES);
        long to = Math.min(from + STEP_BYTES, file.sizeBytes());
        if (from >= to || to > wrote + LEAD_BYTES || typicalForceBytes >= LARGE_FORCE_BYTES) {
            return false;
        }
        if (!file.prewrite(from, to - from)) {
            on = false;
            files.clear();
            return false;
        }
        ahead.position = to;
        return true;
    }

    /// When to look again; [Long#MAX_VALUE] for never.
    long nextLookNs() {
        return grew ? LOOK_NS : Long.MAX_VALUE;
    }

    /// How far a file is written ahead. Only of the allocator.
    private static final class Ahead {
        private final MappedFile file;
        private long position;
        private long wroteBefore;

        private Ahead(MappedFile file) {
            this.file = file;
            this.wroteBefore = file.wrotePosition();
            this.position = 0;
        }

        private boolean isDone() {
            return position >= file.sizeBytes() || file.isFull();
        }
    }
}
