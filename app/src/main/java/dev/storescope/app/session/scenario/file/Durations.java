package dev.storescope.app.session.scenario.file;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as they stand in a file: `250ms`, `1.5s`, `200us`; without loss, whatever the number of nanoseconds.
public final class Durations {
    /// How they are written, in words.
    public static final String FORM = "a time such as 250ms, 1.5s or 200us";
    /// No run needs more.
    public static final long LONGEST_NS = 86_400_000_000_000L;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?)\\s*(ns|us|µs|ms|s|min|h)");
    private static final Map<String, Long> UNITS_NS = Map.of("ns", 1L, "us", 1_000L, "µs", 1_000L, "ms", 1_000_000L,
            "s", 1_000_000_000L, "min", 60_000_000_000L, "h", 3_600_000_000_000L);

    private Durations() {
    }

    /// @return nothing when it is no time, or no whole number of nanoseconds
    public static OptionalLong parse(String text) {
        if (text.equals("0")) {
            return OptionalLong.of(0);
        }
        Matcher matcher = TEXT.matcher(text.replace("_", ""));
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(new BigDecimal(matcher.group(1)).multiply(
                    BigDecimal.valueOf(UNITS_NS.get(matcher.group(2)))).longValueExact());
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /// In the largest unit that needs no fraction.
    public static String text(long nanos) {
        if (nanos == 0) {
            return "0";
        }
        return Optional.of(nanos)
                .filter(ns -> ns % 1_000_000_000 == 0)
                .map(ns -> ns / 1_000_000_000 + "s")
                .or(() -> Optional.of(nanos).filter(ns -> ns % 1_000_000 == 0).map(ns -> ns / 1_000_000 + "ms"))
                .or(() -> Optional.of(nanos).filter(ns -> ns % 1_000 == 0).map(ns -> ns / 1_000 + "us"))
                .orElseGet(() -> nanos + "ns");
    }
}
