package dev.storescope.app.pulse.motion;

/// How something gets from one place to another: slowly at first and at last.
public final class Easing {
    private Easing() {
    }

    /// @param part of the time, 0 to 1; more or less is taken for 1 or 0
    /// @return of the way, 0 to 1
    public static double smooth(double part) {
        double p = Math.clamp(part, 0, 1);
        return p * p * (3 - 2 * p);
    }

    /// Between two values.
    public static double between(double from, double to, double part) {
        return from + (to - from) * part;
    }
}
