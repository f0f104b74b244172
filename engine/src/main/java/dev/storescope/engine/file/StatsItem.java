package dev.storescope.engine.file;

import dev.storescope.engine.api.BrokerStats.Growth;
import dev.storescope.engine.api.BrokerStats.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A number that only grows, and samples of it from which its growth in the last minute, hour and day is told (RocketMQ
/// `StatsItem`).
///
/// Threads: [#add] by any, or [#addAlone] by one and nobody else; sampled by one, read by any.
final class StatsItem {
    /// Of 10 s, 10 min and 1 h, so that the first and the last of them are a minute, an hour and a day apart.
    private static final int MINUTE_SAMPLES = 7;
    private static final int HOUR_SAMPLES = 7;
    private static final int DAY_SAMPLES = 25;
    private static final double NS_PER_SECOND = 1e9;

    private final AtomicLong value = new AtomicLong();
    private final AtomicLong times = new AtomicLong();
    // Each is replaced as a whole by the sampler, read by any.
    private volatile List<Sample> minute = List.of();
    private volatile List<Sample> hour = List.of();
    private volatile List<Sample> day = List.of();

    private record Sample(long atNanos, long value, long times) {
    }

    void add(long increment, int count) {
        value.addAndGet(increment);
        times.addAndGet(count);
    }

    /// Likewise, for a fraction of the cost.
    void addAlone(long increment, int count) {
        value.setOpaque(value.getPlain() + increment);
        times.setOpaque(times.getPlain() + count);
    }

    void sampleMinute(long nowNanos) {
        minute = longer(minute, nowNanos, MINUTE_SAMPLES);
    }

    void sampleHour(long nowNanos) {
        hour = longer(hour, nowNanos, HOUR_SAMPLES);
    }

    void sampleDay(long nowNanos) {
        day = longer(day, nowNanos, DAY_SAMPLES);
    }

    /// An item begins at 0 when it is made, which the first sample need not know: so each row begins with that.
    void begin(long nowNanos) {
        List<Sample> zero = List.of(new Sample(nowNanos, 0, 0));
        minute = zero;
        hour = zero;
        day = zero;
    }

    Growth growth() {
        return new Growth(value.get(), span(minute), span(hour), span(day));
    }

    private List<Sample> longer(List<Sample> samples, long nowNanos, int most) {
        List<Sample> longer = new ArrayList<>(samples.subList(Math.max(0, samples.size() - most + 1), samples.size()));
        longer.add(new Sample(nowNanos, value.get(), times.get()));
        return List.copyOf(longer);
    }

    private static Span span(List<Sample> samples) {
        if (samples.size() < 2) {
            return Span.NONE;
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        long sum = last.value - first.value;
        long count = last.times - first.times;
        long durationNs = last.atNanos - first.atNanos;
        return new Span(sum, durationNs <= 0 ? 0 : sum * NS_PER_SECOND / durationNs, count,
                count == 0 ? 0 : (double) sum / count);
    }
}
