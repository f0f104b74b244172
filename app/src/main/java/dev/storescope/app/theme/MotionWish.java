package dev.storescope.app.theme;

/// Whether what happens in a slow world is seen to move.
public enum MotionWish {
    SMOOTH,
    /// States jump: for those whom motion disturbs.
    REDUCED;

    public MotionWish next() {
        return this == SMOOTH ? REDUCED : SMOOTH;
    }
}
