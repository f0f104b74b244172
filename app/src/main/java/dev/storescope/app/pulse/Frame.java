package dev.storescope.app.pulse;

import dev.storescope.app.session.SessionReading;
import dev.storescope.app.session.SessionState;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.probe.ProbeEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// One frame: all that may be drawn in it, read at one moment.
///
/// @param number counts up from 1
/// @param nowNanos of the pulse; only differences mean something, and it is not the store's clock
/// @param reading the session: its state, the store's snapshot, the load
/// @param previous the store one frame before, when it can be compared
/// @param events what the store told since the last frame, oldest first
/// @param intervals times that were measured since the last intervals; filled a few times a second, else
///     [Intervals#NONE]
/// @param pace how the window itself is doing
public record Frame(long number, long nowNanos, SessionReading reading, Optional<StoreSnapshot> previous,
        List<ProbeEvent> events, Intervals intervals, FramePace pace) {

    /// The store; nothing while none is open.
    public Optional<StoreSnapshot> snapshot() {
        return reading.snapshot();
    }

    /// The load that runs or ran last on the open store.
    public Optional<LoadSnapshot> load() {
        return reading.load();
    }

    /// What the load sends, or would send if it were started.
    public LoadSpec loadSpec() {
        return reading.loadSpec();
    }

    /// Where the session stands.
    public SessionState session() {
        return reading.state();
    }

    /// Changes when another store, or the same one anew, is open: forget what was gathered before.
    public long generation() {
        return reading.generation();
    }

    /// By the store's clock, between the snapshots of this frame and the one before; 0 when there is no previous one.
    public long elapsedNanos() {
        return snapshot().isPresent() && previous.isPresent()
                ? snapshot().get().takenAtNanos() - previous.get().takenAtNanos()
                : 0;
    }

    /// Distributions of what was measured in an interval, in nanoseconds.
    ///
    /// @param latency of the load's puts, from their intended moment; nothing while no load runs
    /// @param stages where the time of sampled puts went; stages that do not occur are missing
    public record Intervals(Optional<Histogram> latency, Map<PutStage, Histogram> stages) {
        public static final Intervals NONE = new Intervals(Optional.empty(), Map.of());
    }
}
