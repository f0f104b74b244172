package dev.storescope.engine.probe;

/// Told of each thing that happens in the store. It is what the picture is drawn from, where the simulated world may
/// switch threads and charge time, where a step ends, and where a held service waits.
///
/// Threads: any; an event belongs to the thread that tells it. A call may block when the thread's service is held.
public interface StoreProbe {
    /// Two clock readings cost about as much as a tenth of a put; at 1 in 16 they vanish in the noise.
    int DEFAULT_PUT_SAMPLING_INTERVAL = 16;

    /// Tells nobody.
    StoreProbe OFF = new Off();

    /// Tells of an event that happens now.
    void event(ProbePoint point, long a, long b, long c);

    /// Tells of an event at a time that was read already.
    void eventAt(long nanoTime, ProbePoint point, long a, long b, long c);

    /// Of how many puts of a thread one is timed and told, a power of two. Live samples, the simulated world takes all
    /// (1). Asked once a put.
    int putSamplingInterval();

    /// How many events no reader could take in time; one that two readers missed counts twice.
    default long dropped() {
        return 0;
    }

    default void event(ProbePoint point) {
        event(point, 0, 0, 0);
    }

    default void event(ProbePoint point, long a) {
        event(point, a, 0, 0);
    }

    default void event(ProbePoint point, long a, long b) {
        event(point, a, b, 0);
    }

    /// The probe that is switched off.
    final class Off implements StoreProbe {
        private Off() {
        }

        @Override
        public void event(ProbePoint point, long a, long b, long c) {
            // nobody listens
        }

        @Override
        public void eventAt(long nanoTime, ProbePoint point, long a, long b, long c) {
            // nobody listens
        }

        @Override
        public int putSamplingInterval() {
            return DEFAULT_PUT_SAMPLING_INTERVAL;
        }
    }
}
