package dev.storescope.bench.drive;

import java.util.Locale;

/// What is measured in a round.
public enum Figure {
    /// Messages put in one second, as long as producers ran.
    PUT_RATE("put", "/s"),
    /// Likewise, while a probe that is switched on and off in turn was off.
    PUT_RATE_UNPROBED("put, probes off", "/s"),
    /// Messages over the time until queues and index had them.
    E2E_RATE("e2e", "/s"),
    /// Seconds of all processors for a million messages, until queues and index had them.
    CPU_PER_MILLION("CPU", "s/million"),
    /// Allocated by all threads, until queues and index had them.
    BYTES_PER_MESSAGE("allocated", "B/message"), //
    P50("put p50", "µs"), //
    P99("put p99", "µs"), //
    P999("put p99.9", "µs"),
    /// Messages over the time until queues and index had them again.
    REBUILD_RATE("rebuild", "/s"),
    /// Loading: finding the log's end, and what an engine does besides before it can be started.
    LOAD_SECONDS("load", "s"),
    /// Until the store has been started and takes puts.
    OPEN_SECONDS("open", "s"),
    /// Until queues and index have everything and nothing is left to the background.
    WHOLE_SECONDS("whole", "s"), //
    READ_RATE("read", "/s"),
    /// Rate in the 4th GiB over the rate in the 1st.
    GROWTH("growth", ""), //
    MESSAGES("messages", ""), //
    PUT_SECONDS("put for", "s"),
    /// Puts that were not acknowledged.
    REFUSED("refused", "");

    private final String label;
    private final String unit;

    Figure(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    public String label() {
        return label;
    }

    public String unit() {
        return unit;
    }

    /// The value with three digits that count, and the unit.
    public String text(double value) {
        double size = Math.abs(value);
        String digits = size >= 10_000
                ? "%,.0fk".formatted(value / 1_000)
                : String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
        return unit.startsWith("/") ? digits + unit : unit.isEmpty() ? digits : digits + " " + unit;
    }
}
