package dev.storescope.app.panel.timeline;

import java.util.OptionalLong;

/// Two moments, in the order in which they were set.
record Markers(OptionalLong first, OptionalLong second) {
    static final Markers NONE = new Markers(OptionalLong.empty(), OptionalLong.empty());

    static Markers of(long first, long second) {
        return new Markers(OptionalLong.of(first), OptionalLong.of(second));
    }

    boolean areBoth() {
        return first.isPresent() && second.isPresent();
    }

    long from() {
        return Math.min(first.getAsLong(), second.getAsLong());
    }

    long to() {
        return Math.max(first.getAsLong(), second.getAsLong());
    }
}
