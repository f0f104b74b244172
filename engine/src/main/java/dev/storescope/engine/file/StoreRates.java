package dev.storescope.engine.file;

import dev.storescope.engine.file.StoreStatsService.Totals;
import java.util.Locale;
import java.util.function.ToLongFunction;

/// How fast the store's totals grow: a sample each second, of the last ten minutes.
///
/// Threads: sampled by one, read by any; a reader may miss the newest sample.
final class StoreRates {
    private static final int[] SECONDS = {10, 60, 600};
    private static final int SAMPLES = 601;
    private static final double NS_PER_SECOND = 1e9;

    private final Totals[] samples = new Totals[SAMPLES];
    // Written by the sampler behind its sample, read by any.
    private volatile long count;

    void sample(Totals totals) {
        long number = count;
        samples[(int) (number % SAMPLES)] = totals;
        count = number + 1;
    }

    /// Growth a second over the last 10, 60 and 600 s, or since the first sample, as RocketMQ writes it.
    String text(ToLongFunction<Totals> which) {
        StringBuilder text = new StringBuilder();
        for (int seconds : SECONDS) {
            text.append(text.isEmpty() ? "" : " ").append(String.format(Locale.ROOT, "%.2f", rate(seconds, which)));
        }
        return text.toString();
    }

    /// Growth a second over the last `seconds`, or since the first sample.
    double rate(int seconds, ToLongFunction<Totals> which) {
        long last = count - 1;
        // The oldest is about to be overwritten.
        long first = Math.max(0, last - Math.min(seconds, SAMPLES - 2));
        if (first >= last) {
            return 0;
        }
        Totals from = samples[(int) (first % SAMPLES)];
        Totals to = samples[(int) (last % SAMPLES)];
        long durationNs = to.atNanos() - from.atNanos();
        return durationNs <= 0
                ? 0
                : (which.applyAsLong(to) - which.applyAsLong(from)) * NS_PER_SECOND / durationNs;
    }
}
