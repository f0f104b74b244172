package dev.storescope.app.pulse.motion;

import java.util.ArrayList;
import java.util.List;

/// Where something is that goes from place to place, at moments when it did: it takes a while to be seen on its way, and
/// goes on only when it has arrived.
///
/// @param <P> a place
public final class Way<P> {
    private final List<Leg<P>> legs = new ArrayList<>();
    private final P first;
    private final long glideNs;
    private final long settledNanos;
    private long arrivalNanos;

    private record Leg<P>(P from, P to, long startNanos, long endNanos) {
    }

    /// Where it is.
    ///
    /// @param part of the way between the two, 0 to 1; at 1 it is there
    public record Position<P>(P from, P to, double part) {
        public boolean isThere() {
            return part >= 1;
        }
    }

    /// @param glideNs how long it takes from a place to the next
    /// @param settledNanos what happened up to here has arrived
    /// @param freeNanos it does not leave its first place before
    public Way(P first, long glideNs, long settledNanos, long freeNanos) {
        this.first = first;
        this.glideNs = glideNs;
        this.settledNanos = settledNanos;
        this.arrivalNanos = freeNanos;
    }

    /// Goes to another place.
    ///
    /// @param nanos when that happened; not before the last time
    public Way<P> to(P place, long nanos) {
        boolean isSettled = nanos <= settledNanos;
        long start = isSettled ? nanos : Math.max(nanos, arrivalNanos);
        arrivalNanos = isSettled ? Math.max(nanos, Math.min(arrivalNanos, settledNanos)) : start + glideNs;
        legs.add(new Leg<>(legs.isEmpty() ? first : legs.getLast().to, place, start, arrivalNanos));
        return this;
    }

    /// When it is at its last place.
    public long arrivalNanos() {
        return arrivalNanos;
    }

    /// Where it is seen at a time.
    public Position<P> at(long nanos) {
        for (int i = legs.size() - 1; i >= 0; i--) {
            Leg<P> leg = legs.get(i);
            if (nanos >= leg.startNanos) {
                boolean isThere = nanos >= leg.endNanos || leg.endNanos == leg.startNanos;
                double part = isThere
                        ? 1
                        : Easing.smooth((double) (nanos - leg.startNanos) / (leg.endNanos - leg.startNanos));
                return new Position<>(leg.from, leg.to, part);
            }
        }
        return new Position<>(first, first, 1);
    }
}
