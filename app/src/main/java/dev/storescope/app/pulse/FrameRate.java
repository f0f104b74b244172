package dev.storescope.app.pulse;

/// Decides how many frames a second the window allows itself, from how busy the machine is.
///
/// The screen's own share is the cost of a frame times the rate. The fastest rate whose share fits into what the others
/// leave is taken. When producers run flat out they take whatever the screen leaves, so that each look finds a little
/// less room, until the slowest rate is reached; when they stop, there is room again.
///
/// What is looked at is how it was over the last seconds: producers that run flat out wait for the disk now and then,
/// which is no room to draw more in, and a moment in which a machine with room has all its processors busy (a collection,
/// a file that is made) is no reason to draw less.
///
/// Threads: one.
final class FrameRate {
    static final int FASTEST = 60;
    static final int SLOWEST = 20;

    private static final int[] RATES = {FASTEST, 30, SLOWEST};

    /// A free core must remain a free core: the screen takes no more than this part of what is left.
    private static final double PART_OF_FREE = 0.85;
    /// Less than this left over counts as a machine that is fully used.
    private static final double MARGIN_CORES = 0.1;
    /// More than this has to be left by the others for the window to be lavish.
    private static final double CORE_TO_SPARE = 1;
    /// How much the last look counts beside all before it.
    private static final double WEIGHT = 0.25;
    /// Pulses come in steps of 17 ms, some a little sooner.
    private static final long PULSE_MAY_BE_EARLY_NS = 5_000_000;

    private int wanted = FASTEST;
    private boolean hasLooked;
    private double othersCores;
    private double coresPerFrame;
    private double freeCores = Double.MAX_VALUE;
    private boolean isPlanned;
    private long dueNanos;

    /// @param cores of the machine
    /// @param busyCores how many of them were busy, on average, since the last call
    /// @param screenCores how many of them with the window's own threads
    /// @param framesPerSecond that were shown in that time
    void observe(int cores, double busyCores, double screenCores, double framesPerSecond) {
        if (framesPerSecond <= 0) {
            return;
        }
        double weight = hasLooked ? WEIGHT : 1;
        hasLooked = true;
        othersCores += weight * (Math.max(0, busyCores - screenCores) - othersCores);
        coresPerFrame += weight * (screenCores / framesPerSecond - coresPerFrame);
        freeCores = Math.max(0, cores - othersCores);
        for (int rate : RATES) {
            wanted = rate;
            if (coresPerFrame * rate <= freeCores * PART_OF_FREE && freeCores - coresPerFrame * rate >= MARGIN_CORES) {
                return;
            }
        }
    }

    int wanted() {
        return wanted;
    }

    /// Whether there is a core that nobody needs.
    Room room() {
        return wanted == FASTEST && freeCores > CORE_TO_SPARE ? Room.AMPLE : Room.SCARCE;
    }

    /// What the machine has left for the window.
    enum Room {
        /// A core that nobody else needs.
        AMPLE,
        /// Less.
        SCARCE
    }

    /// Whether a frame is due with a pulse that comes now; then the next one is after that. A frame that comes late does not
    /// put off those behind it, so that as many come in a second as are wanted, where pulses are kept waiting by producers;
    /// but what is very late is not made up for by a crowd of frames.
    ///
    /// @param nowNanos of the pulse, not before the last one
    boolean takeDue(long nowNanos) {
        long intervalNs = 1_000_000_000L / wanted;
        if (wanted != FASTEST && isPlanned && nowNanos - dueNanos < -PULSE_MAY_BE_EARLY_NS) {
            return false;
        }
        long next = isPlanned ? Math.max(dueNanos + intervalNs, nowNanos + intervalNs / 2) : nowNanos + intervalNs;
        // After a time at full speed the plan may lie far ahead.
        dueNanos = Math.min(next, nowNanos + intervalNs);
        isPlanned = true;
        return true;
    }
}
