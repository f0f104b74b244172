package dev.storescope.app.pulse;

import dev.storescope.app.pulse.motion.Motion;
import dev.storescope.app.session.SessionReading;
import dev.storescope.app.session.SessionState;
import dev.storescope.app.session.trace.TraceReading;
import dev.storescope.engine.api.PutStage;
import dev.storescope.engine.api.StoreSnapshot;
import dev.storescope.engine.load.LoadSnapshot;
import dev.storescope.engine.load.LoadSpec;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// One frame: all that may be drawn in it, read at one moment.
///
/// @param nowNanos of the pulse; only differences mean something, and it is not the store's clock
/// @param beat whether numbers are written in this frame
/// @param reading the session: its state, the store's snapshot, the load
/// @param trace what the threads of the store did, up to now
/// @param rates over the last second
/// @param intervals times that were measured since the last intervals; filled a few times a second, in a text frame, else
///     [Intervals#NONE]
/// @param pace how the window itself is doing
/// @param motion how motion is drawn, in a simulated world
public record Frame(long nowNanos, Beat beat, SessionReading reading, TraceReading trace, Rates rates,
        Intervals intervals, FramePace pace, Motion motion) {

    /// One in which nothing is seen to move.
    public Frame(long nowNanos, Beat beat, SessionReading reading, TraceReading trace, Rates rates,
            Intervals intervals, FramePace pace) {
        this(nowNanos, beat, reading, trace, rates, intervals, pace, Motion.NONE);
    }

    /// All panels write their numbers in the same frames, about ten a second, so that all that can be read in the window
    /// at a moment is of one snapshot. What has no digits may move with each frame.
    public enum Beat {
        /// Numbers are written, by everyone.
        TEXT,
        /// Texts stay as they are.
        BETWEEN
    }

    /// Whether texts may change. Each text then has to be of this frame.
    public boolean isTextFrame() {
        return beat == Beat.TEXT;
    }

    /// The same moment for someone who has not written anything yet; what was measured is not counted twice.
    Frame asTextFrame() {
        return new Frame(nowNanos, Beat.TEXT, reading, trace, rates, Intervals.NONE, pace, motion);
    }

    /// The same moment with what was last seen of a store that has died since.
    public Frame withLastSeen(StoreSnapshot lastSeen) {
        SessionReading of = new SessionReading(reading.generation(), reading.state(), Optional.of(lastSeen),
                reading.loadSpec(), reading.load());
        return new Frame(nowNanos, beat, of, trace, rates, intervals, pace, motion);
    }

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

    /// The store's clock: by it all times of the snapshot and of the trace are measured. 0 while no store is open.
    public long worldNanos() {
        return snapshot().map(StoreSnapshot::takenAtNanos).orElse(motion.nanos());
    }

    /// Where the session stands.
    public SessionState session() {
        return reading.state();
    }

    /// Changes when another store, or the same one anew, is open: forget what was gathered before.
    public long generation() {
        return reading.generation();
    }

    /// Distributions of what was measured in an interval, in nanoseconds.
    ///
    /// @param latency of the load's puts, from their intended moment; nothing while no load runs
    /// @param stages where the time of sampled puts went; stages that do not occur are missing
    public record Intervals(Optional<Histogram> latency, Map<PutStage, Histogram> stages) {
        public static final Intervals NONE = new Intervals(Optional.empty(), Map.of());
    }
}
