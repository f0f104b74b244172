package dev.storescope.bench.limits;

import java.util.Arrays;
import java.util.Locale;

/// What the machine can do of one thing.
///
/// @param title what is done, how large
/// @param median of the repetitions, a second
/// @param bytesEach moved by one of them; 0 where bytes say nothing
public record Limit(String id, String title, double median, double min, double max, long bytesEach) {
    static Limit of(String id, String title, long bytesEach, double[] rates) {
        double[] sorted = rates.clone();
        Arrays.sort(sorted);
        return new Limit(id, title, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1], bytesEach);
    }

    public String text(double rate) {
        String times = rate >= 10_000
                ? "%,.0fk/s".formatted(rate / 1_000)
                : String.format(Locale.ROOT, "%,.0f/s", rate);
        return bytesEach == 0
                ? times
                : times + String.format(Locale.ROOT, " (%.2f GB/s)", rate * bytesEach / 1e9);
    }
}
