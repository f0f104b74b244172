package dev.storescope.engine.file;

import dev.storescope.engine.api.FlushDiskType;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.env.StoreEnvironment;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Does something about the pages that the log will come to next, in small steps, so that a file that is asked for
/// meanwhile does not wait long.
///
/// Threads: [#add] by any, the rest by the allocator.
abstract class AheadOfLog {
    private static final System.Logger LOG = System.getLogger(AheadOfLog.class.getName());

    /// Those that are appended to, or will be; in the order of the log.
    private final ConcurrentLinkedQueue<Ahead> files = new ConcurrentLinkedQueue<>();
    // Set before anybody else knows this, turned off by the allocator where nothing is gained; read by whoever adds.
    private volatile boolean on = true;

    /// What helps a store with these settings: nothing where whole files are warmed, or where the transient pool acts.
    static AheadOfLog of(StoreEnvironment environment, MessageStoreConfig config, TransientStorePool pool) {
        AheadOfLog ahead = config.flushDiskType() == FlushDiskType.SYNC_FLUSH
                ? new Prewriter()
                : new PageSupply(environment);
        boolean isWarmed = config.flag(StoreSetting.WARM_MAPED_FILE_ENABLE);
        ahead.on = !isWarmed && !pool.acts();
        return ahead;
    }

    /// A file that the log goes on in, now or later.
    void add(MappedFile file) {
        if (on) {
            // Where the log was cut it goes on in a file that may be here.
            files.removeIf(each -> each.file == file);
            files.add(new Ahead(file));
        }
    }

    /// Does one step where one is due.
    ///
    /// @return whether it was
    boolean step() {
        if (!on) {
            return false;
        }
        look(takeGrowthBytes());
        boolean stepped = false;
        for (Iterator<Ahead> each = files.iterator(); !stepped && each.hasNext();) {
            Ahead ahead = each.next();
            if (!ahead.file.hold()) {
                each.remove();
                continue;
            }
            try {
                stepped = step(ahead);
            } catch (IOException | RuntimeException | VirtualMachineError e) {
                // A fault in mapped memory comes as InternalError. The log's own puts and forces will meet it, and tell.
                LOG.log(Level.WARNING, "allocator: cannot go ahead of the log in " + ahead.file.name(), e);
                each.remove();
            } finally {
                ahead.file.release();
            }
        }
        return stepped;
    }

    /// How many bytes the log has put since the last look. A file counts until it is full, though its last page may be done.
    private long takeGrowthBytes() {
        long grownBytes = 0;
        for (Iterator<Ahead> each = files.iterator(); each.hasNext();) {
            Ahead ahead = each.next();
            grownBytes += ahead.takeGrowthBytes();
            if (ahead.isCountedToItsEnd()) {
                each.remove();
            }
        }
        return grownBytes;
    }

    /// When to look again; [Long#MAX_VALUE] for never.
    long nextLookNs() {
        return on ? nextLookWhileOnNs() : Long.MAX_VALUE;
    }

    /// Likewise, while this is not turned off.
    abstract long nextLookWhileOnNs();

    /// A look at all files begins.
    ///
    /// @param grownBytes what the log has put since the one before
    abstract void look(long grownBytes);

    /// One step in a file that is held, where one is due.
    ///
    /// @return whether it was
    abstract boolean step(Ahead ahead) throws IOException;

    /// Up to where in the row the log has come, as far as its files are known here.
    final long logEndOffset() {
        Ahead first = files.peek();
        return first == null ? 0 : first.file.fromOffset() + first.file.wrotePosition();
    }

    /// Never again: nothing is gained by it here.
    final void turnOff() {
        on = false;
        files.clear();
    }

    /// How far a file is done. Only of the allocator.
    static final class Ahead {
        final MappedFile file;
        /// Up to here, from the beginning of the file.
        long position;
        private long wroteBefore;

        private Ahead(MappedFile file) {
            this.file = file;
            this.wroteBefore = file.wrotePosition();
        }

        private long takeGrowthBytes() {
            long wrote = file.wrotePosition();
            long grown = wrote - wroteBefore;
            wroteBefore = wrote;
            return Math.max(0, grown);
        }

        private boolean isCountedToItsEnd() {
            return wroteBefore == file.sizeBytes();
        }

        /// What is done next, at the earliest: the log has not reached it, and it begins with a multiple of `unitBytes`.
        long next(long unitBytes) {
            long reached = Math.max(position, file.wrotePosition());
            return (reached + unitBytes - 1) / unitBytes * unitBytes;
        }
    }
}
