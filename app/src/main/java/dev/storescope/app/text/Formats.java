package dev.storescope.app.text;

/// Numbers as the window writes them: groups of three digits, units after a space, the same in both languages.
///
/// Spaces are no-break and as wide as a digit in the monospaced font, so that columns of numbers line up.
public final class Formats {
    /// What is shown where a value is not known. Never 0.
    public static final String UNKNOWN = "–";

    private static final char SPACE = '\u00a0';
    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int OFFSET_DIGITS = 20;
    private static final long SECOND_NS = 1_000_000_000L;

    private Formats() {
    }

    /// 10 097 525
    public static String count(long number) {
        String digits = Long.toString(Math.abs(number));
        var text = new StringBuilder(digits.length() * 4 / 3 + 2);
        if (number < 0) {
            text.append('−');
        }
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && (digits.length() - i) % 3 == 0) {
                text.append(SPACE);
            }
            text.append(digits.charAt(i));
        }
        return text.toString();
    }

    /// 1 KiB, 1.5 KiB, 64 MiB: at most three digits that mean something, exact below 1 KiB.
    public static String bytes(long sizeBytes) {
        double value = sizeBytes;
        int unit = 0;
        while (Math.abs(value) >= 999.5 && unit < BYTE_UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return threeDigits(value) + SPACE + BYTE_UNITS[unit];
    }

    /// 156 533 B
    public static String exactBytes(long sizeBytes) {
        return count(sizeBytes) + SPACE + "B";
    }

    /// 870 ns, 12.4 µs, 1.71 ms, 6.2 s, 4 min: at most three digits.
    public static String duration(long durationNs) {
        double value = Math.abs(durationNs);
        String sign = durationNs < 0 ? "−" : "";
        if (value < 999.5) {
            return sign + threeDigits(value) + SPACE + "ns";
        }
        if (value < 999.5e3) {
            return sign + threeDigits(value / 1e3) + SPACE + "µs";
        }
        if (value < 999.5e6) {
            return sign + threeDigits(value / 1e6) + SPACE + "ms";
        }
        if (value < 119.5e9) {
            return sign + threeDigits(value / 1e9) + SPACE + "s";
        }
        if (value < 119.5 * 60e9) {
            return sign + threeDigits(value / 60e9) + SPACE + "min";
        }
        return sign + threeDigits(value / 3600e9) + SPACE + "h";
    }

    /// How long ago something was: < 1 s, 99 s, 2 min, 3 h. Whole numbers, so that a text with it does not change all the
    /// time.
    public static String age(long ageNs) {
        long seconds = ageNs / SECOND_NS;
        if (seconds < 1) {
            return "<" + SPACE + "1" + SPACE + "s";
        }
        if (seconds < 100) {
            return seconds + (SPACE + "s");
        }
        return seconds < 100 * 60 ? seconds / 60 + (SPACE + "min") : count(seconds / 3600) + SPACE + "h";
    }

    /// How long something has been going on: 62 s, 2 min 58 s, 3 h 12 min.
    public static String elapsed(long elapsedNs) {
        long seconds = elapsedNs / SECOND_NS;
        if (seconds < 100) {
            return seconds + (SPACE + "s");
        }
        long minutes = seconds / 60;
        return minutes < 100
                ? minutes + (SPACE + "min" + SPACE) + seconds % 60 + SPACE + "s"
                : count(minutes / 60) + SPACE + "h" + SPACE + minutes % 60 + SPACE + "min";
    }

    /// 23 994 /s; below 10 with one digit after the point.
    public static String perSecond(double rate) {
        return (rate < 9.95 && rate > 0 ? threeDigits(Math.round(rate * 10) / 10.0) : count(Math.round(rate))) + SPACE
                + "/s";
    }

    /// 48.2 MiB/s
    public static String bytesPerSecond(double rate) {
        return bytes(Math.round(rate)) + "/s";
    }

    /// 37 %
    public static String percent(double ratio) {
        return threeDigits(Math.round(ratio * 1000) / 10.0) + SPACE + "%";
    }

    /// The name of a file of the log: its first offset in 20 digits.
    public static String fileName(long fromOffset) {
        String digits = Long.toString(fromOffset);
        return "0".repeat(OFFSET_DIGITS - digits.length()) + digits;
    }

    private static String threeDigits(double value) {
        double size = Math.abs(value);
        int decimals = size >= 99.95 || value == Math.rint(value) ? 0 : size >= 9.995 ? 1 : 2;
        long scale = decimals == 0 ? 1 : decimals == 1 ? 10 : 100;
        long rounded = Math.round(size * scale);
        String text = count(rounded / scale);
        if (decimals > 0) {
            String fraction = Long.toString(scale + rounded % scale).substring(1);
            fraction = fraction.endsWith("0") && decimals == 2 ? fraction.substring(0, 1) : fraction;
            text += fraction.equals("0") ? "" : "." + fraction;
        }
        return (value < 0 ? "−" : "") + text;
    }
}
