package dev.storescope.app.session.simulated;

import dev.storescope.engine.MessageStore;
import dev.storescope.engine.api.MessageStoreConfig;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.ConsumeSnapshot;
import dev.storescope.engine.load.LoadDriver;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import dev.storescope.engine.sim.disk.CutPages;
import dev.storescope.engine.sim.disk.Fault;
import dev.storescope.engine.sim.world.EventLog;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// A world and all that is seen of it, at one moment.
///
/// @param generation changes when another store, or another moment of it, is seen than what the one before has become
/// @param config of the store that is open, or was last
/// @param failure why it could not be opened; "" when it could
/// @param snapshot of the store while it runs
/// @param store likewise, for what it measures on the way
/// @param loadSpec what the load sends, or would send if it were started
/// @param driver of the load that was started last on this store, for its latencies
/// @param load how that stands
/// @param consumer of the store, and what it would pull if it were started
/// @param faults that are on
/// @param usedBytes of all files
/// @param told what has been told until then
/// @param lastSeen see [SimulatedWorld#lastSeen]
/// @param cutPages see [SimulatedWorld#cutPages]
/// @param busyUntil see [SimulatedWorld#busyUntil]
public record WorldView(WorldReading world, long generation, MessageStoreConfig config, String failure,
        Optional<StoreSnapshot> snapshot, Optional<MessageStore> store, LoadSpec loadSpec, Optional<LoadDriver> driver,
        Optional<LoadSnapshot> load, ConsumeSnapshot consumer, List<Fault> faults, long usedBytes, Told told,
        Optional<StoreSnapshot> lastSeen, Optional<CutPages> cutPages,
        Function<String, OptionalLong> busyUntil) {
    public WorldView {
        faults = List.copyOf(faults);
    }

    /// The events of a run.
    ///
    /// @param recording changes when another run is shown, whose events are others
    /// @param events of which those up to `size` belong to this moment
    public record Told(long recording, EventLog events, long size) {
    }
}
