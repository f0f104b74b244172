package dev.storescope.app.session.trace;

import dev.storescope.app.session.trace.TraceKind.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How often each thing happened in a time, and how long it took.
public final class SpanStatistics {
    private SpanStatistics() {
    }

    /// Of one kind.
    ///
    /// @param count how many ended, or for instants happened, in the time
    /// @param totalNs how much of the time they filled, that of several threads added up
    /// @param medianNs of those that ended in it, from their begin to their end; 0 when none did
    /// @param maxNs likewise
    public record Line(TraceKind kind, long count, long totalNs, long medianNs, long maxNs) {
    }

    /// One line for each kind that there was, by level.
    public static List<Line> between(Recording recording, long fromNanos, long toNanos) {
        var sums = new EnumMap<TraceKind, Sum>(TraceKind.class);
        for (Lane lane : recording.lanes()) {
            for (Level level : Level.values()) {
                add(lane.track(level), fromNanos, toNanos, sums);
            }
        }
        List<Line> lines = new ArrayList<>();
        for (Map.Entry<TraceKind, Sum> entry : sums.entrySet()) {
            lines.add(entry.getValue().line(entry.getKey()));
        }
        return List.copyOf(lines);
    }

    private static void add(Track track, long fromNanos, long toNanos, Map<TraceKind, Sum> sums) {
        for (long i = track.firstEndingFrom(fromNanos); i < track.end() && track.startNanos(i) <= toNanos; i++) {
            sums.computeIfAbsent(track.kind(i), _ -> new Sum())
                    .add(track.startNanos(i), track.endNanos(i), fromNanos, toNanos);
        }
    }

    private static final class Sum {
        private long[] durations = new long[16];
        private int count;
        private long totalNs;

        private void add(long start, long end, long fromNanos, long toNanos) {
            totalNs += Math.min(end, toNanos) - Math.max(start, fromNanos);
            if (end <= toNanos) {
                if (count == durations.length) {
                    durations = Arrays.copyOf(durations, count * 2);
                }
                durations[count++] = end - start;
            }
        }

        private Line line(TraceKind kind) {
            Arrays.sort(durations, 0, count);
            return count == 0
                    ? new Line(kind, 0, totalNs, 0, 0)
                    : new Line(kind, count, totalNs, durations[(count - 1) / 2], durations[count - 1]);
        }
    }
}
