package dev.storescope.app.cli;

import java.util.Locale;

/// Numbers as the command line prints them: plain ASCII, whatever terminal reads it.
final class Numbers {
    private static final String[] BYTE_UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Numbers() {
    }

    /// 1,234,567
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// 412 bytes, 64 KiB, 1.5 GiB
    static String bytes(long sizeBytes) {
        int unit = sizeBytes < 1024 ? 0 : (63 - Long.numberOfLeadingZeros(sizeBytes)) / 10;
        double value = sizeBytes / (double) (1L << 10 * unit);
        return (value == Math.rint(value) ? count((long) value) : String.format(Locale.ROOT, "%.1f", value)) + " "
                + BYTE_UNITS[unit];
    }

    /// 870 ns, 12.4 us, 1.71 ms, 6.20 s
    static String duration(long durationNs) {
        if (durationNs < 1_000) {
            return durationNs + " ns";
        }
        if (durationNs < 1_000_000) {
            return threeDigits(durationNs / 1e3) + " us";
        }
        return durationNs < 1_000_000_000
                ? threeDigits(durationNs / 1e6) + " ms"
                : threeDigits(durationNs / 1e9) + " s";
    }

    /// 1.71, 12.4, 870
    static String threeDigits(double value) {
        return String.format(Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%,.0f", value);
    }

    /// So that a file holds figures and no noise.
    static double rounded(double value, int decimals) {
        double factor = Math.pow(10, decimals);
        return Math.rint(value * factor) / factor;
    }
}
