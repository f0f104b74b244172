package dev.storescope.engine.queue;

import dev.storescope.engine.env.Disk;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Writes the [RecoveryPoint] as soon as the log is on disk up to it: the queues may be there before.
///
/// A failure ends it for this run. Nothing is lost by that: the next opening goes on from the last point that was written.
///
/// Threads: the one that flushes the queues.
final class RecoveryPointWriter {
    private static final System.Logger LOG = System.getLogger(RecoveryPointWriter.class.getName());

    private final Disk disk;
    private final Path file;
    private final LongSupplier flushedOffset;
    private Optional<RecoveryPoint> waiting = Optional.empty();
    private long writtenOffset;
    private boolean ended;

    /// @param flushedOffset up to where the log is on disk
    RecoveryPointWriter(Disk disk, Path file, LongSupplier flushedOffset) {
        this.disk = disk;
        this.file = file;
        this.flushedOffset = flushedOffset;
    }

    /// The queues are on disk up to this point.
    void queuesFlushed(RecoveryPoint point) {
        waiting = Optional.of(point);
    }

    /// The queues are not what a point would say of them: the next opening has to look at the whole log.
    void retract() {
        waiting = Optional.empty();
        if (ended) {
            return;
        }
        ended = true;
        try {
            disk.delete(file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, file + ": cannot be deleted", e);
        }
    }

    /// The file is gone: the log has become another one.
    void forget() {
        waiting = Optional.empty();
        writtenOffset = 0;
    }

    /// Whether a point waits for the log.
    boolean isWaiting() {
        return !ended && waiting.isPresent();
    }

    /// Writes the point that waits, if the log is on disk up to it. One that no record came behind since is known.
    void writeIfFlushed() {
        if (ended || waiting.isEmpty() || flushedOffset.getAsLong() < waiting.get().offset()) {
            return;
        }
        RecoveryPoint point = waiting.get();
        waiting = Optional.empty();
        if (point.offset() == writtenOffset) {
            return;
        }
        try {
            point.write(disk, file);
            writtenOffset = point.offset();
        } catch (IOException e) {
            ended = true;
            LOG.log(Level.WARNING, file + ": cannot be written; the next opening checks the log from offset "
                    + writtenOffset + " on", e);
        }
    }
}
