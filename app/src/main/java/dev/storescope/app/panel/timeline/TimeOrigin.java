package dev.storescope.app.panel.timeline;

import dev.storescope.app.text.Formats;

/// From where the times on the screen are counted: back from the present, or, in a world that one can travel in, from its
/// beginning, so that they stay what they are while one goes to and fro.
///
/// @param nanos the time that is 0 on the axis
record TimeOrigin(Kind kind, long nanos) {
    static final TimeOrigin BEGINNING = new TimeOrigin(Kind.BEGINNING, 0);
    private static final long SECOND_NS = 1_000_000_000;
    private static final long MILLI_NS = 1_000_000;
    private static final long MICRO_NS = 1_000;

    enum Kind {
        PRESENT, BEGINNING
    }

    static TimeOrigin present(long nowNanos) {
        return new TimeOrigin(Kind.PRESENT, nowNanos);
    }

    /// −3.2 ms, or 12.345 678 ms since the beginning.
    String text(long nanoTime) {
        return switch (kind) {
            case PRESENT -> Formats.duration(nanoTime - nanos);
            case BEGINNING -> clock(nanoTime, 1);
        };
    }

    /// Likewise, in the figures that ticks need which stand so far apart.
    String tick(long nanoTime, long stepNs) {
        return switch (kind) {
            case PRESENT -> nanoTime == nanos ? "0" : Formats.duration(nanoTime - nanos);
            case BEGINNING -> clock(nanoTime, stepNs);
        };
    }

    /// 12.345 ms; from a second on 1.012 345 s. As many figures as a step shows.
    private static String clock(long nanoTime, long stepNs) {
        long unit = nanoTime < SECOND_NS && stepNs < SECOND_NS ? MILLI_NS : SECOND_NS;
        var text = new StringBuilder(Formats.count(nanoTime / unit));
        char before = '.';
        for (long part = unit / MICRO_NS; part >= 1 && stepNs % (part * MICRO_NS) != 0; part /= MICRO_NS) {
            text.append(before).append("%03d".formatted(nanoTime / part % MICRO_NS));
            before = '\u00a0';
        }
        return text.append('\u00a0').append(unit == MILLI_NS ? "ms" : "s").toString();
    }
}
