package dev.storescope.engine.file;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/// How long sampled puts took since the start, in the ranges that RocketMQ's `putMessageDistributeTime` has.
///
/// Threads: any.
public final class PutTimes {
    private static final long NS_PER_MS = 1_000_000;
    private static final List<Range> RANGES = List.of(new Range("[<=0ms]", 1), new Range("[0~10ms]", 10),
            new Range("[10~50ms]", 50), new Range("[50~100ms]", 100), new Range("[100~200ms]", 200),
            new Range("[200~500ms]", 500), new Range("[500ms~1s]", 1_000), new Range("[1~2s]", 2_000),
            new Range("[2~3s]", 3_000), new Range("[3~4s]", 4_000), new Range("[4~5s]", 5_000),
            new Range("[5~10s]", 10_000), new Range("[10s~]", Long.MAX_VALUE));

    private final List<LongAdder> counts = new ArrayList<>();
    private final LongAccumulator maxMs = new LongAccumulator(Math::max, 0);

    /// @param belowMs whole milliseconds, as RocketMQ counts
    private record Range(String name, long belowMs) {
    }

    PutTimes() {
        RANGES.forEach(range -> counts.add(new LongAdder()));
    }

    void record(long durationNs) {
        long ms = durationNs / NS_PER_MS;
        maxMs.accumulate(ms);
        int range = 0;
        while (ms >= RANGES.get(range).belowMs) {
            range++;
        }
        counts.get(range).increment();
    }

    /// Milliseconds.
    public long maxMs() {
        return maxMs.get();
    }

    /// As RocketMQ writes it: `[<=0ms]:12 [0~10ms]:3 …`.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < RANGES.size(); i++) {
            text.append(text.isEmpty() ? "" : " ").append(RANGES.get(i).name).append(':').append(counts.get(i).sum());
        }
        return text.toString();
    }
}
