package dev.storescope.app.pulse;

import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadState;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// How the window did while one load ran, and how the load did under the window's eyes: the figures by which the
/// instrument's own cost is measured.
///
/// Threads: one.
final class LoadFrames {
    private static final long LONGEST_WORK_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    private final Histogram workNs = new Histogram(LONGEST_WORK_NS, DIGITS);
    private boolean running;
    private long beganNanos;
    private long lastFrameNanos;
    private long longestIntervalNs;

    /// A frame took so long on the JavaFX thread.
    void work(long frameWorkNs) {
        if (running) {
            workNs.recordValue(Math.clamp(frameWorkNs, 0, LONGEST_WORK_NS));
        }
    }

    /// Looks at the load of a frame; the summary is there once, in the first frame after its end.
    Optional<Summary> observe(Optional<LoadSnapshot> load, long nowNanos) {
        boolean runs = load.map(LoadSnapshot::state).filter(LoadState.RUNNING::equals).isPresent();
        if (runs && !running) {
            workNs.reset();
            beganNanos = nowNanos;
            lastFrameNanos = nowNanos;
            longestIntervalNs = 0;
            running = true;
            return Optional.empty();
        }
        longestIntervalNs = Math.max(longestIntervalNs, nowNanos - lastFrameNanos);
        lastFrameNanos = nowNanos;
        boolean ended = load.map(LoadSnapshot::state).filter(LoadState.ENDED::equals).isPresent();
        if (!running || !ended && load.isPresent()) {
            return Optional.empty();
        }
        running = false;
        return load.filter(_ -> workNs.getTotalCount() > 0).map(last -> summaryOf(last, nowNanos - beganNanos));
    }

    private Summary summaryOf(LoadSnapshot load, long passedNs) {
        return new Summary(passedNs, workNs.getTotalCount(), workNs.getValueAtPercentile(50),
                workNs.getValueAtPercentile(99), workNs.getMaxValue(), longestIntervalNs, load.acknowledged(),
                load.elapsedNs());
    }

    /// @param passedNs from the first frame that saw the load to the first that saw its end
    /// @param frames that were shown in that time
    /// @param workMedianNs time on the JavaFX thread that a frame took, panels and layout
    /// @param workP99Ns the same, which 1 of 100 frames exceeds
    /// @param workMaxNs the same, of the slowest frame
    /// @param longestIntervalNs between the beginnings of two frames that followed each other
    /// @param acknowledged messages
    /// @param loadNs how long the load ran, by its own clock
    record Summary(long passedNs, long frames, long workMedianNs, long workP99Ns, long workMaxNs,
            long longestIntervalNs, long acknowledged, long loadNs) {
        private static final double NS_IN_MS = 1e6;
        private static final double NS_IN_S = 1e9;

        /// One line for the log.
        @Override
        public String toString() {
            return String.format(Locale.ROOT,
                    "load of %.1f s with the window open: %,d messages acknowledged, %,.0f/s; %,d frames, %.1f/s, "
                            + "JavaFX work a frame p50 %.2f ms, p99 %.2f ms, max %.2f ms, longest from frame to frame %.0f ms",
                    loadNs / NS_IN_S, acknowledged, acknowledged * NS_IN_S / loadNs, frames,
                    frames * NS_IN_S / passedNs, workMedianNs / NS_IN_MS, workP99Ns / NS_IN_MS,
                    workMaxNs / NS_IN_MS, longestIntervalNs / NS_IN_MS);
        }
    }
}
