package dev.storescope.engine.probe;

import java.util.function.Consumer;

/// Reads what the threads of a store told, from the moment it was made. Made to be drained once a frame.
///
/// Threads: one.
public interface ProbeReader {
    /// Of a store that tells nothing.
    ProbeReader NONE = new ProbeReader() {
        @Override
        public int drainTo(EventHandler handler) {
            return 0;
        }

        @Override
        public long dropped() {
            return 0;
        }

        @Override
        public long told(ProbePoint point) {
            return 0;
        }
    };

    /// Hands over what was told since the last call: each thread's events in their order, one thread after the other.
    ///
    /// @return how many
    int drainTo(EventHandler handler);

    /// As [#drainTo], with an object for each event.
    default int drain(Consumer<ProbeEvent> consumer) {
        return drainTo((nanoTime, threadName, point, a, b, c) -> consumer
                .accept(new ProbeEvent(nanoTime, threadName, point, a, b, c)));
    }

    /// How many events this reader has missed, because it came too late or because there was no lane for the thread;
    /// as of the last drain.
    long dropped();

    /// How often a point was met since the environment was made, kept or not. Points of [ProbePoint.Scope#PUT] are told
    /// for sampled puts only.
    long told(ProbePoint point);
}
