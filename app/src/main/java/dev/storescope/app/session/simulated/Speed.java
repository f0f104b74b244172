package dev.storescope.app.session.simulated;

/// How fast a world's time passes.
///
/// @param slowdown real time per world time: 1 for 1:1, 1,000,000 for 1 / 1 000 000; 0 for as fast as it goes
public record Speed(long slowdown) {
    public static final Speed AS_FAST_AS_IT_GOES = new Speed(0);
    public static final Speed REAL_TIME = new Speed(1);
    /// One microsecond takes a second.
    public static final long MOST_SLOWDOWN = 1_000_000;

    public Speed {
        if (slowdown < 0 || slowdown > MOST_SLOWDOWN) {
            throw new IllegalArgumentException(
                    "slowdown: expected 0 to %,d, found %,d".formatted(MOST_SLOWDOWN, slowdown));
        }
    }

    public boolean isLimited() {
        return slowdown > 0;
    }
}
