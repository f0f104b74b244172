package dev.storescope.app.panel.flush;

import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.api.StoreSnapshot.Counters;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/// Forces a second and the mean batch of the last two seconds, from the store's counters.
final class FlushRates {
    private static final long WINDOW_NS = 2_000_000_000L;
    /// Before so much time has passed a rate would be a guess.
    private static final long LEAST_NS = 400_000_000L;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private long generation;

    private record Sample(long nanos, long forces, long batches, long requests) {
    }

    void add(long storeGeneration, StoreSnapshot snapshot) {
        if (generation != storeGeneration) {
            generation = storeGeneration;
            samples.clear();
        }
        Counters counters = snapshot.counters();
        samples.addLast(new Sample(snapshot.takenAtNanos(), counters.forces(), counters.batches(),
                counters.batchedRequests()));
        while (samples.size() > 2 && samples.getLast().nanos - samples.getFirst().nanos > WINDOW_NS) {
            samples.removeFirst();
        }
    }

    /// Nothing while it is not known.
    OptionalDouble forcesPerSecond() {
        long ns = lengthNs();
        return ns < LEAST_NS
                ? OptionalDouble.empty()
                : OptionalDouble.of((samples.getLast().forces - samples.getFirst().forces) * 1e9 / ns);
    }

    /// Nothing while there was no batch.
    OptionalDouble meanBatch() {
        if (samples.isEmpty()) {
            return OptionalDouble.empty();
        }
        long batches = samples.getLast().batches - samples.getFirst().batches;
        return batches == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) (samples.getLast().requests - samples.getFirst().requests) / batches);
    }

    private long lengthNs() {
        return samples.size() < 2 ? 0 : samples.getLast().nanos - samples.getFirst().nanos;
    }
}
