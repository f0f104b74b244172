package dev.storescope.app.pulse;

/// Decides how many frames a second the window allows itself, from how busy the machine is.
///
/// The screen's own share is the cost of a frame times the rate. The fastest rate whose share fits into what the others
/// leave is taken. When producers run flat out they take whatever the screen leaves, so that each look finds a little
/// less room, until the slowest rate is reached; when they stop, there is room again at once.
///
/// Threads: one.
final class FrameRate {
    static final int FASTEST = 60;
    static final int SLOWEST = 20;

    private static final int[] RATES = {FASTEST, 30, SLOWEST};

    /// A free core must remain a free core: the screen takes no more than this part of what is left.
    private static final double PART_OF_FREE = 0.85;

    private int wanted = FASTEST;

    /// @param cores of the machine
    /// @param busyCores how many of them were busy, on average, since the last call
    /// @param screenCores how many of them with the window's own threads
    /// @param framesPerSecond that were shown in that time
    void observe(int cores, double busyCores, double screenCores, double framesPerSecond) {
        if (framesPerSecond <= 0) {
            return;
        }
        double coresPerFrame = screenCores / framesPerSecond;
        double freeCores = Math.max(0, cores - Math.max(0, busyCores - screenCores));
        for (int rate : RATES) {
            wanted = rate;
            if (coresPerFrame * rate <= freeCores * PART_OF_FREE && freeCores - coresPerFrame * rate >= MARGIN_CORES) {
                return;
            }
        }
    }

    /// Less than this left over counts as a machine that is fully used.
    private static final double MARGIN_CORES = 0.1;

    int wanted() {
        return wanted;
    }

    /// The shortest time between two frames at the wanted rate, somewhat less so that a pulse that comes early counts.
    long leastIntervalNs() {
        return wanted == FASTEST ? 0 : 1_000_000_000L / wanted - 5_000_000L;
    }
}
