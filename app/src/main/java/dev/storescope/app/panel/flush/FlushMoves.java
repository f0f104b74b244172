package dev.storescope.app.panel.flush;

import dev.storescope.app.pulse.Frame;
import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.app.session.trace.Lane;
import dev.storescope.app.session.trace.Recording;
import dev.storescope.app.session.trace.TraceKind;
import dev.storescope.app.session.trace.TraceKind.Level;
import dev.storescope.app.session.trace.Track;
import dev.storescope.engine.api.StoreSetting;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.Pacing;

/// What moves between the stages in a slow world, and how far it has come: 0 to 1, NaN for what does not.
///
/// @param isFollowed whether the world is so slow, or stands
/// @param commit bytes on their way to the page cache
/// @param force bytes on their way to the disk
/// @param commitWake of the time until the committer looks next
/// @param flushWake of the time until the flusher looks next
record FlushMoves(boolean isFollowed, double commit, double force, double commitWake, double flushWake) {
    static final FlushMoves NONE = new FlushMoves(false, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    private static final String COMMITTER = "CommitRealTimeService";
    private static final long LONGEST_GLIDE_NS = 200_000_000;
    private static final double NS_PER_MS = 1e6;

    /// @param force how much of its time the force in flight has taken
    static FlushMoves of(Frame frame, StoreSnapshot snapshot, double force) {
        Motion motion = frame.motion();
        if (!motion.showsSingle()) {
            return NONE;
        }
        return new FlushMoves(true, commit(frame.trace().recording(), motion), force,
                wake(snapshot, snapshot.flush().commit(), StoreSetting.COMMIT_INTERVAL_COMMIT_LOG),
                wake(snapshot, snapshot.flush().realTime(), StoreSetting.FLUSH_INTERVAL_COMMIT_LOG));
    }

    private static double wake(StoreSnapshot snapshot, Pacing pacing, StoreSetting interval) {
        if (!pacing.active()) {
            return Double.NaN;
        }
        double left = pacing.nextWakeNanos() - snapshot.takenAtNanos();
        return Math.clamp(1 - left / (snapshot.config().number(interval) * NS_PER_MS), 0, 1);
    }

    /// A commit is over soon: it is seen for a moment at least.
    private static double commit(Recording recording, Motion motion) {
        return recording.lanes()
                .stream()
                .filter(lane -> lane.threadName().equals(COMMITTER))
                .findFirst()
                .map(lane -> commit(lane, motion))
                .orElse(Double.NaN);
    }

    private static double commit(Lane lane, Motion motion) {
        var open = lane.open(Level.WORK)
                .filter(work -> work.kind() == TraceKind.COMMIT
                        && work.startNanos() <= motion.nanos());
        if (open.isPresent()) {
            long began = open.get().startNanos();
            long takes = motion.durationNs(COMMITTER, began).orElse(1);
            return part(motion, began, Math.max(takes, motion.glideNs(LONGEST_GLIDE_NS)));
        }
        Track track = lane.track(Level.WORK);
        long last = track.firstStartingFrom(motion.nanos() + 1) - 1;
        if (last < track.first() || track.kind(last) != TraceKind.COMMIT) {
            return Double.NaN;
        }
        long began = track.startNanos(last);
        long seen = Math.max(track.endNanos(last) - began,
                began > motion.settledNanos() ? motion.glideNs(LONGEST_GLIDE_NS) : 0);
        return motion.nanos() - began < seen ? part(motion, began, seen) : Double.NaN;
    }

    private static double part(Motion motion, long began, long takesNs) {
        return Math.clamp((motion.nanos() - began) / (double) Math.max(1, takesNs), 0, 1);
    }
}
