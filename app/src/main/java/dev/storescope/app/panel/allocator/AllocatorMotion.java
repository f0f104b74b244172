package dev.storescope.app.panel.allocator;

import dev.storescope.app.panel.allocator.AllocatorViewModel.Moves;
import dev.storescope.app.pulse.motion.Easing;
import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.app.session.trace.Lane;
import dev.storescope.app.session.trace.Recording;
import dev.storescope.app.session.trace.TraceKind;
import dev.storescope.app.session.trace.TraceKind.Level;
import dev.storescope.app.session.trace.Track;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.AllocationRequest;
import dev.storescope.engine.api.StoreSnapshot.AllocationState;
import dev.storescope.engine.api.StoreSnapshot.PoolSnapshot;
import java.util.List;
import java.util.OptionalLong;

/// How far requests for files have come, and buffers on their way, in a slow world: a function of the recording and the time.
final class AllocatorMotion {
    private static final String SERVICE = "AllocateMappedFileService";
    private static final long LONGEST_GLIDE_NS = 1_000_000;

    private final Recording recording;
    private final Motion motion;

    AllocatorMotion(Recording recording, Motion motion) {
        this.recording = recording;
        this.motion = motion;
    }

    Moves of(StoreSnapshot snapshot) {
        List<Double> rows = snapshot.allocator()
                .requests()
                .stream()
                .limit(AllocatorViewModel.ROWS)
                .map(this::part)
                .toList();
        return new Moves(rows, lent(snapshot.pool()));
    }

    /// A file is made in several operations of the disk: how long that takes is known of the last one only.
    private double part(AllocationRequest request) {
        if (request.state() == AllocationState.READY) {
            return 1;
        }
        if (request.state() == AllocationState.QUEUED) {
            return 0;
        }
        OptionalLong usual = usualNs();
        return usual.isEmpty() || usual.getAsLong() == 0
                ? Double.NaN
                : Math.clamp(request.durationNs() / (double) usual.getAsLong(), 0, 1);
    }

    /// How long the last file took that was made before.
    private OptionalLong usualNs() {
        return recording.lanes()
                .stream()
                .filter(lane -> lane.threadName().equals(SERVICE))
                .findFirst()
                .map(this::lastMakingNs)
                .orElse(OptionalLong.empty());
    }

    private OptionalLong lastMakingNs(Lane lane) {
        Track track = lane.track(Level.WORK);
        for (long i = track.firstEndingFrom(motion.nanos() + 1) - 1; i >= track.first(); i--) {
            if (track.kind(i) == TraceKind.ALLOCATION) {
                return OptionalLong.of(track.endNanos(i) - track.startNanos(i));
            }
        }
        return OptionalLong.empty();
    }

    private double lent(PoolSnapshot pool) {
        double lent = pool.buffers() - pool.free();
        long glideNs = motion.glideNs(LONGEST_GLIDE_NS);
        if (pool.buffers() == 0 || glideNs == 0) {
            return lent;
        }
        for (Lane lane : recording.lanes()) {
            Track track = lane.track(Level.INSTANT);
            long since = Math.max(motion.nanos() - glideNs, motion.settledNanos()) + 1;
            for (long i = track.firstStartingFrom(since);
                    i < track.end()
                            && track.startNanos(i) <= motion.nanos();
                    i++) {
                double left = 1 - Easing.smooth((motion.nanos() - track.startNanos(i)) / (double) glideNs);
                if (track.kind(i) == TraceKind.BUFFER_BORROWED) {
                    lent -= left;
                } else if (track.kind(i) == TraceKind.BUFFER_RETURNED) {
                    lent += left;
                }
            }
        }
        return Math.clamp(lent, 0, pool.buffers());
    }
}
