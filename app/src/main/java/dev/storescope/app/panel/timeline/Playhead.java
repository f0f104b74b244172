package dev.storescope.app.panel.timeline;

import dev.storescope.app.session.trace.TimeTravel;
import java.util.Optional;
import java.util.OptionalLong;

/// Where a world is that one can travel in, and where one wants it to go. Nothing in Live.
final class Playhead {
    /// So much of the window lies before the playhead, and behind it while it is in the past.
    private static final double MARGIN = 0.1;

    private Optional<TimeTravel> travel = Optional.empty();
    private long nanos;
    private OptionalLong wish = OptionalLong.empty();
    private boolean isSent = true;
    private boolean isHeld;
    private boolean hasMoved;

    /// Sees where the world is now, and hands over where one last wanted it to go: of all steps of a drag within a frame
    /// only the last.
    void update(Optional<TimeTravel> now) {
        boolean isNew = travel.isEmpty() && now.isPresent();
        travel = now;
        long before = nanos;
        nanos = travel.map(TimeTravel::nowNanos).orElse(0L);
        hasMoved = isNew || nanos != before;
        if (travel.isEmpty() || isSent && !isHeld && (hasMoved || OptionalLong.of(nanos).equals(wish))) {
            wish = OptionalLong.empty();
        } else if (!isSent && wish.isPresent()) {
            isSent = true;
            travel.get().travelTo(wish.getAsLong());
        }
    }

    boolean isThere() {
        return travel.isPresent();
    }

    long nanos() {
        return nanos;
    }

    /// The latest moment that the run has been at: what is recorded up to there is known.
    long latestNanos() {
        return travel.map(TimeTravel::latestNanos).orElse(nanos);
    }

    boolean isInPast() {
        return travel.isPresent() && nanos < latestNanos();
    }

    /// Whether the world is elsewhere than a frame before.
    boolean hasMoved() {
        return hasMoved;
    }

    /// Whoever drags holds it at a moment. From the next frame on the world is on its way there.
    void hold(long nanoTime) {
        isHeld = true;
        wish(nanoTime);
    }

    /// The one who drags has let go: nothing but the world's own place is shown any more, once it is there.
    void letGo() {
        isHeld = false;
    }

    /// From the next frame on the world is on its way.
    void wish(long nanoTime) {
        travel.ifPresent(to -> {
            wish = OptionalLong.of(Math.clamp(nanoTime, to.earliestNanos(), to.latestNanos()));
            isSent = false;
        });
    }

    /// Where the world will be as soon as it is where one wants it to be.
    long targetNanos() {
        return wish.orElse(nanos);
    }

    /// Where it is dragged to; the world may be some frames behind.
    OptionalLong wish() {
        return wish;
    }

    /// The window moved no further than needed to see the playhead and something of what lies around it; at the latest
    /// moment it is at the right edge.
    TimeWindow follow(TimeWindow window) {
        long margin = Math.round(window.spanNs() * MARGIN);
        long earliestEnd = Math.min(nanos + margin, latestNanos());
        long latestEnd = Math.max(earliestEnd, Math.min(latestNanos(), nanos - margin + window.spanNs()));
        return window.endingAt(Math.clamp(window.toNanos(), earliestEnd, latestEnd));
    }
}
