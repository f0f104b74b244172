package dev.storescope.bench.compare;

import dev.storescope.bench.drive.Figure;

/// What a figure should reach.
///
/// @param figure of the case
/// @param kind what is held against `limit`
record Goal(Figure figure, Kind kind, double limit) {
    static Goal ratioAtLeast(Figure figure, double limit) {
        return new Goal(figure, Kind.RATIO_AT_LEAST, limit);
    }

    static Goal ratioAtMost(Figure figure, double limit) {
        return new Goal(figure, Kind.RATIO_AT_MOST, limit);
    }

    static Goal oursAtLeast(Figure figure, double limit) {
        return new Goal(figure, Kind.OURS_AT_LEAST, limit);
    }

    static Goal oursAtMost(Figure figure, double limit) {
        return new Goal(figure, Kind.OURS_AT_MOST, limit);
    }

    /// What is compared with the limit.
    enum Kind {
        RATIO_AT_LEAST, RATIO_AT_MOST, OURS_AT_LEAST, OURS_AT_MOST
    }

    boolean isReached(double ours, double ratio) {
        return switch (kind) {
            case RATIO_AT_LEAST -> ratio >= limit;
            case RATIO_AT_MOST -> ratio <= limit;
            case OURS_AT_LEAST -> ours >= limit;
            case OURS_AT_MOST -> ours <= limit;
        };
    }

    String text() {
        return switch (kind) {
            case RATIO_AT_LEAST -> "≥ %s×".formatted(number());
            case RATIO_AT_MOST -> "≤ %s×".formatted(number());
            case OURS_AT_LEAST -> "≥ " + number();
            case OURS_AT_MOST -> "≤ " + number();
        };
    }

    private String number() {
        return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    }
}
