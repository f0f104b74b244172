package dev.storescope.app.panel.commitlog;

import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.app.session.trace.Lane;
import dev.storescope.app.session.trace.LaneGroup;
import dev.storescope.app.session.trace.Recording;
import dev.storescope.app.session.trace.TraceKind;
import dev.storescope.app.session.trace.TraceKind.Level;
import dev.storescope.app.session.trace.Track;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.FileSnapshot;
import dev.storescope.engine.api.StoreSnapshot.LogPosition;
import dev.storescope.engine.api.StoreSnapshot.LogPositions;
import java.util.List;

/// The pointers of the log on their way, in a slow world: each step that one made is spread over a while, so that it is behind
/// for a moment and never ahead. A function of the recording and the time.
final class GlidingLog {
    private final Recording recording;
    private final Motion motion;
    private final long glideNs;

    /// @param mostNs how long a step is spread at most
    GlidingLog(Recording recording, Motion motion, long mostNs) {
        this.recording = recording;
        this.motion = motion;
        this.glideNs = motion.glideNs(mostNs);
    }

    /// The snapshot with its pointers as they are seen.
    StoreSnapshot seen(StoreSnapshot now) {
        if (glideNs == 0) {
            return now;
        }
        LogPositions log = now.log();
        long wrote = log.wrote().offset() - missing(LaneGroup.PRODUCERS, Level.DETAIL, TraceKind.APPEND);
        boolean isDirect = log.committed().offset() == log.wrote().offset();
        long committed = isDirect
                ? wrote
                : Math.min(wrote, log.committed().offset() - missing(LaneGroup.FLUSH, Level.WORK, TraceKind.COMMIT));
        long flushed = Math.min(committed,
                log.flushed().offset() - missing(LaneGroup.FLUSH, Level.WORK, TraceKind.FORCE));
        var seen = new LogPositions(log.minOffset(), log.acknowledged(), at(log.flushed(), flushed),
                at(log.committed(), committed), at(log.wrote(), wrote));
        return new StoreSnapshot(now.takenAtNanos(), now.takenAtMillis(), now.config(), now.state(), now.notWriteable(),
                seen, files(now.files(), flushed, committed, wrote), now.allocator(), now.pool(), now.flush(),
                now.putLock(), now.counters(), now.dispatch(), now.retention(), now.runningFlags(), now.services(),
                now.recovery(), now.proof());
    }

    private static LogPosition at(LogPosition position, long offset) {
        return new LogPosition(Math.clamp(offset, 0, position.offset()), position.messages(),
                position.acknowledgedAtAppend(), position.storeTimestamp());
    }

    private static List<FileSnapshot> files(List<FileSnapshot> files, long flushed, long committed, long wrote) {
        return files.stream()
                .map(file -> file.endOffset() <= flushed || file.wrote() == 0
                        ? file
                        : new FileSnapshot(file.fromOffset(), file.sizeBytes(), file.state(),
                                within(file, file.flushed(), flushed), within(file, file.committed(), committed),
                                within(file, file.wrote(), wrote), file.blankPosition(), file.messages(),
                                file.writeBuffer(), file.memoryLocked()))
                .toList();
    }

    private static long within(FileSnapshot file, long position, long offset) {
        return Math.clamp(offset - file.fromOffset(), 0, position);
    }

    /// Bytes of the last steps that have not been seen yet.
    private long missing(LaneGroup group, Level level, TraceKind kind) {
        double bytes = 0;
        for (Lane lane : recording.lanes()) {
            if (lane.group() == group) {
                bytes += missing(lane.track(level), kind);
            }
        }
        return (long) Math.ceil(bytes);
    }

    private double missing(Track track, TraceKind kind) {
        double bytes = 0;
        long since = Math.max(motion.nanos() - glideNs, motion.settledNanos()) + 1;
        for (long i = track.firstEndingFrom(since); i < track.end() && track.endNanos(i) <= motion.nanos(); i++) {
            if (track.kind(i) == kind) {
                bytes += track.b(i) * (1 - (motion.nanos() - track.endNanos(i)) / (double) glideNs);
            }
        }
        return bytes;
    }
}
