package dev.storescope.app.panel.timeline;

import dev.storescope.app.session.trace.Lane;
import dev.storescope.app.session.trace.TraceKind;
import dev.storescope.app.session.trace.TraceKind.Level;
import dev.storescope.app.session.trace.Track;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A span or an instant that is pointed at, found or chosen.
///
/// @param endNanos up to now when it is under way
record Hit(Lane lane, TraceKind kind, long startNanos, long endNanos, boolean isUnderWay, long detail, long a, long b) {
    private static final List<Level> SPANS = List.of(Level.STATE, Level.WORK, Level.PART, Level.DETAIL);

    private static final Set<TraceKind> MESSAGE_KINDS = EnumSet.of(TraceKind.PUT, TraceKind.FORCE, TraceKind.COMMIT);

    static Hit of(Lane lane, Track track, long number) {
        return new Hit(lane, track.kind(number), track.startNanos(number), track.endNanos(number), false,
                track.detail(number), track.a(number), track.b(number));
    }

    static Hit of(Lane lane, Lane.Open open, long nowNanos) {
        return new Hit(lane, open.kind(), open.startNanos(), Math.max(nowNanos, open.startNanos()), true,
                open.detail(), open.a(), open.b());
    }

    long durationNs() {
        return endNanos - startNanos;
    }

    /// What the thread of a row was doing at a time: the outermost first. Of the threads of a group it is the first that
    /// did anything but wait.
    ///
    /// @param toleranceNs how far beside it one may point; what is wider than that is pointed at only when it is hit
    static List<Hit> at(Row row, long nanoTime, long toleranceNs, long nowNanos) {
        List<Hit> idle = List.of();
        for (Lane lane : row.lanes()) {
            List<Hit> hits = at(lane, nanoTime, toleranceNs, nowNanos);
            if (hits.stream().anyMatch(hit -> hit.kind != TraceKind.SERVICE_WAITING)) {
                return hits;
            }
            idle = idle.isEmpty() ? hits : idle;
        }
        return idle;
    }

    private static List<Hit> at(Lane lane, long nanoTime, long toleranceNs, long nowNanos) {
        var hits = new ArrayList<Hit>();
        for (Level level : SPANS) {
            Track track = lane.track(level);
            long number = nearest(track, nanoTime, toleranceNs);
            if (number >= 0) {
                hits.add(of(lane, track, number));
            } else {
                lane.open(level)
                        .filter(open -> open.startNanos() <= nanoTime + toleranceNs && nanoTime <= nowNanos)
                        .ifPresent(open -> hits.add(of(lane, open, nowNanos)));
            }
        }
        Track instants = lane.track(Level.INSTANT);
        long instant = nearest(instants, nanoTime, toleranceNs);
        if (instant >= 0) {
            hits.add(of(lane, instants, instant));
        }
        return hits;
    }

    /// The put of a message and the first force that covers it, as far as they were told and are kept.
    static List<Hit> ofMessage(List<Lane> lanes, long offset) {
        var hits = new ArrayList<Hit>();
        for (Lane lane : lanes) {
            Track work = lane.track(Level.WORK);
            for (long i = work.first(); i < work.end(); i++) {
                boolean covers = work.a(i) <= offset && offset < work.a(i) + work.b(i);
                if (covers && work.a(i) >= 0 && MESSAGE_KINDS.contains(work.kind(i))) {
                    hits.add(of(lane, work, i));
                    break;
                }
            }
        }
        return List.copyOf(hits);
    }

    /// The one at a time, else the one that is nearest within the tolerance, else -1.
    private static long nearest(Track track, long nanoTime, long toleranceNs) {
        long best = -1;
        long bestDistance = toleranceNs + 1;
        for (long i = track.firstEndingFrom(nanoTime - toleranceNs);
                i < track.end()
                        && track.startNanos(i) <= nanoTime + toleranceNs;
                i++) {
            long distance = Math.max(0, Math.max(track.startNanos(i) - nanoTime, nanoTime - track.endNanos(i)));
            if (distance < bestDistance) {
                best = i;
                bestDistance = distance;
            }
        }
        return best;
    }
}
