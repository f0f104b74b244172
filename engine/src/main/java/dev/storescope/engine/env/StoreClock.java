package dev.storescope.engine.env;

import java.time.ZoneId;

/// Two clocks: one for durations, one for dates.
public interface StoreClock {
    /// Nanoseconds from some fixed moment; only differences mean something. Never runs backwards.
    long nanoTime();

    /// Milliseconds since 1970; may jump.
    long currentTimeMillis();

    /// Where the store is: for the hours of a day, and for names that tell the local time.
    default ZoneId zone() {
        return ZoneId.systemDefault();
    }
}
