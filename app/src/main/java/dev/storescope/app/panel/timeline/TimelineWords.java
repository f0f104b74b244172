package dev.storescope.app.panel.timeline;

import dev.storescope.app.session.trace.Lane;
import dev.storescope.app.session.trace.Recording;
import dev.storescope.app.session.trace.TraceKind;
import dev.storescope.app.session.trace.TraceKind.Level;
import dev.storescope.app.session.trace.Track;
import dev.storescope.app.text.Formats;
import dev.storescope.app.text.Texts;
import dev.storescope.engine.api.PutMessageStatus;
import dev.storescope.engine.probe.ProbePoint;
import java.util.List;
import java.util.stream.Collectors;

/// The exact figures of what is drawn, in words.
final class TimelineWords {
    private static final String BETWEEN = " · ";
    private static final String WITHIN = "  ›  ";
    private static final PutMessageStatus[] STATUSES = PutMessageStatus.values();

    private final Texts texts;

    TimelineWords(Texts texts) {
        this.texts = texts;
    }

    String kind(TraceKind kind) {
        return texts.get("timeline.kind." + kind.name());
    }

    String row(Row row) {
        return switch (row.kind()) {
            case THREAD, MEMBER -> row.threadName();
            case FOLDED, UNFOLDED -> texts.get("timeline.group." + row.group().name(), row.lanes().size());
        };
    }

    /// How much time is seen, and of which world.
    String seen(TimeWindow window, boolean isFollowing, Playhead playhead) {
        String span = Formats.duration(window.spanNs());
        if (!playhead.isThere()) {
            return texts.get(isFollowing ? "timeline.last" : "timeline.paused", span);
        }
        String at = texts.get("timeline.seen", span, TimeOrigin.BEGINNING.text(playhead.nanos()));
        return playhead.isInPast()
                ? at + BETWEEN
                        + texts.get("timeline.ahead", Formats.duration(playhead.latestNanos() - playhead.nanos()))
                : at;
    }

    /// What was not recorded, if anything.
    String missing(Recording recording) {
        String sampled = recording.putSamplingInterval() > 1
                ? BETWEEN + texts.get("timeline.sampled", recording.putSamplingInterval())
                : "";
        return recording.lostEvents() > 0
                ? sampled + BETWEEN + texts.get("timeline.lost", Formats.count(recording.lostEvents()))
                : sampled;
    }

    /// Nested things of one thread, the outermost first.
    String place(List<Hit> hits, TimeOrigin origin) {
        if (hits.isEmpty()) {
            return "";
        }
        String what = hits.stream().map(hit -> hit(hit)).collect(Collectors.joining(WITHIN));
        return hits.getFirst().lane().threadName() + BETWEEN
                + origin.text(hits.getLast().startNanos()) + BETWEEN + what;
    }

    /// One span with its figures and its duration.
    String hit(Hit hit) {
        String figures = figures(hit);
        String name = figures.isEmpty() ? kind(hit.kind()) : kind(hit.kind()) + " " + figures;
        if (hit.kind().isInstant()) {
            return name;
        }
        String duration = exact(hit.durationNs());
        return name + " " + (hit.isUnderWay() ? texts.get("timeline.underWay", duration) : duration);
    }

    /// To the nanosecond where that means something.
    private static String exact(long durationNs) {
        return durationNs < 100_000 && durationNs >= 1_000
                ? Formats.count(durationNs) + "\u00a0ns"
                : Formats.duration(durationNs);
    }

    private String figures(Hit hit) {
        String bytes = hit.kind().tellsBytes() && hit.a() >= 0
                ? texts.get("timeline.bytesAt", Formats.bytes(hit.b()), Formats.count(hit.a()))
                : "";
        return switch (hit.kind()) {
            case PUT -> hit.a() < 0 ? status(hit.detail()) : bytes + status(hit.detail());
            case FORCE -> hit.detail() > 0
                    ? bytes + ", " + texts.get("timeline.requests", Formats.count(hit.detail()))
                    : bytes;
            case FLUSH_WAIT -> texts.get("timeline.behind", Formats.count(hit.a()));
            case SERVICE_WAITING -> texts.get("timeline.atMost", Formats.duration(hit.a()));
            case SERVICE_HELD -> ProbePoint.values()[(int) hit.a()].name();
            case LOST -> texts.get("timeline.events", Formats.count(hit.a()));
            case LISTS_SWAPPED, BATCH_ACKNOWLEDGED -> texts.get("timeline.requests", Formats.count(hit.a()));
            case BUFFER_BORROWED, BUFFER_RETURNED -> texts.get("timeline.free", Formats.count(hit.a()));
            case LOCK_HELD, APPEND, COMMIT, ALLOCATION, BLANK_WRITTEN, FORCE_FAILED, DISPATCHED -> bytes;
            case PUT_ENDED, FILE_WAIT, RECOVERY, FILE_ROLLED, ALLOCATION_REQUESTED, ALLOCATION_FAILED,
                    ALLOCATION_TAKEN, QUEUE_ENTRY, INDEX_ENTRY, INDEX_FLUSHED, FILE_DELETED ->
                    texts.get("timeline.at", Formats.count(hit.a()));
            case SERVICE_RUNNING, LOCK_WAIT, COMMIT_FAILED, BUFFER_NONE, CHECKPOINT_WRITTEN, SLAVE_CONNECTED,
                    SLAVE_ACKNOWLEDGED -> "";
        };
    }

    private static String status(long ordinal) {
        PutMessageStatus status = STATUSES[(int) ordinal];
        return status == PutMessageStatus.PUT_OK ? "" : " " + status;
    }

    /// Short, for within a span.
    String label(Hit hit) {
        if (hit.kind() == TraceKind.FORCE && hit.detail() > 0) {
            return kind(hit.kind()) + " " + texts.get("timeline.requests", Formats.count(hit.detail()));
        }
        return kind(hit.kind()) + " " + Formats.duration(hit.durationNs());
    }

    /// How far the pointers were at a time, by what was told until then.
    String pointersAt(Recording recording, long nanoTime, TimeOrigin origin) {
        long flushed = -1;
        long committed = -1;
        long wrote = -1;
        int waiting = 0;
        for (Lane lane : recording.lanes()) {
            flushed = Math.max(flushed, lastEnd(lane.track(Level.WORK), TraceKind.FORCE, nanoTime));
            committed = Math.max(committed, lastEnd(lane.track(Level.WORK), TraceKind.COMMIT, nanoTime));
            wrote = Math.max(wrote, lastEnd(lane.track(Level.DETAIL), TraceKind.APPEND, nanoTime));
            waiting += isWaitingForForce(lane, nanoTime) ? 1 : 0;
        }
        return texts.get("timeline.moment", origin.text(nanoTime), offset(flushed), offset(committed), offset(wrote),
                waiting);
    }

    private static String offset(long offset) {
        return offset < 0 ? Formats.UNKNOWN : Formats.count(offset);
    }

    private static long lastEnd(Track track, TraceKind kind, long nanoTime) {
        long number = track.firstEndingFrom(nanoTime + 1) - 1;
        while (number >= track.first() && (track.kind(number) != kind || track.a(number) < 0)) {
            number--;
        }
        return number < track.first() ? -1 : track.a(number) + track.b(number);
    }

    private static boolean isWaitingForForce(Lane lane, long nanoTime) {
        Track parts = lane.track(Level.PART);
        long number = parts.firstEndingFrom(nanoTime);
        if (number < parts.end()) {
            return parts.kind(number) == TraceKind.FLUSH_WAIT && parts.startNanos(number) <= nanoTime;
        }
        return lane.open(Level.PART)
                .filter(open -> open.kind() == TraceKind.FLUSH_WAIT && open.startNanos() <= nanoTime)
                .isPresent();
    }
}
