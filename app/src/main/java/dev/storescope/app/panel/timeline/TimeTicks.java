package dev.storescope.app.panel.timeline;

import java.util.ArrayList;
import java.util.List;

/// Round times on the axis, counted from now backwards.
final class TimeTicks {
    private static final long[] STEPS = {1, 2, 5};

    private TimeTicks() {
    }

    /// Times at whole steps before or after `nowNanos`, the steps as small as there is room for.
    static List<Long> of(TimeWindow window, long nowNanos, int most) {
        long step = step(window.spanNs(), Math.max(1, most));
        List<Long> ticks = new ArrayList<>();
        for (long n = Math.floorDiv(window.toNanos() - nowNanos, step);
                nowNanos + n * step >= window
                        .fromNanos();
                n--) {
            ticks.add(nowNanos + n * step);
        }
        return ticks.reversed();
    }

    static long step(long spanNs, int most) {
        for (long power = 1;; power *= 10) {
            for (long step : STEPS) {
                if (spanNs / (step * power) <= most) {
                    return step * power;
                }
            }
        }
    }
}
