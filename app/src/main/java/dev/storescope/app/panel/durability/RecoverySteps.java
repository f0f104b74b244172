package dev.storescope.app.panel.durability;

import dev.storescope.app.session.trace.Lane;
import dev.storescope.app.session.trace.Recording;
import dev.storescope.app.session.trace.TraceKind;
import dev.storescope.app.session.trace.TraceKind.Level;
import dev.storescope.app.session.trace.Track;
import java.util.Optional;

/// What a recovery has done in a span of a recording.
///
/// @param checkedTo offset up to which the log is checked; nothing before the first part of it is
/// @param records checked
/// @param queueEntries built
/// @param indexEntries built
/// @param forces of the log
/// @param filesDeleted behind the end of the log, or of queues and index
record RecoverySteps(Optional<Long> checkedTo, long records, long queueEntries, long indexEntries, long forces,
        long filesDeleted) {

    /// @param fromNanos when the store before it died
    static RecoverySteps of(Recording recording, long fromNanos, long toNanos) {
        var counter = new Counter();
        for (Lane lane : recording.lanes()) {
            counter.count(lane.track(Level.WORK), fromNanos, toNanos);
            counter.count(lane.track(Level.INSTANT), fromNanos, toNanos);
        }
        return new RecoverySteps(counter.checkedTo < 0 ? Optional.empty() : Optional.of(counter.checkedTo),
                counter.records, counter.queueEntries, counter.indexEntries, counter.forces, counter.filesDeleted);
    }

    private static final class Counter {
        private long checkedTo = -1;
        private long records;
        private long queueEntries;
        private long indexEntries;
        private long forces;
        private long filesDeleted;

        private void count(Track track, long fromNanos, long toNanos) {
            long first = Math.max(track.first(), track.firstStartingFrom(fromNanos + 1));
            for (long number = first; number < track.end() && track.endNanos(number) <= toNanos; number++) {
                count(track.kind(number), track.a(number), track.b(number));
            }
        }

        private void count(TraceKind kind, long a, long b) {
            if (kind == TraceKind.RECOVERY) {
                checkedTo = Math.max(checkedTo, a);
                records = Math.max(records, b);
            } else if (kind == TraceKind.QUEUE_ENTRY) {
                queueEntries++;
            } else if (kind == TraceKind.INDEX_ENTRY) {
                indexEntries++;
            } else if (kind == TraceKind.FORCE) {
                forces++;
            } else if (kind == TraceKind.FILE_DELETED) {
                filesDeleted++;
            }
        }
    }
}
